/** Returns Playwright's option for a run of tests alone whose file or title fits one of the patterns. */
export const grepFor = (...patterns: readonly string[]): string => `--grep=${patterns.join('|')}`;
