/**
 * Scenarios, by their files and titles, that make every call, judge answers with matchers of all kinds and look into the
 * database. They are few, since a scenario that fails costs a run a new worker process.
 */
export const fewScenarios: readonly string[] = [
  'preflight',
  'order-and-top-up-replay.*replayed top-up',
  'order-view',
  'order-then-pay.*GET product',
];

/** Returns Playwright's option for a run of these files or titles alone. */
export const grepFor = (...patterns: readonly string[]): string => `--grep=${patterns.join('|')}`;
