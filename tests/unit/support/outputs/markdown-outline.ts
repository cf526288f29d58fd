/** Returns a Markdown text with its code blocks and code spans replaced. */
export const withoutCode = (markdown: string): string =>
  markdown
    .replace(/^(?<fence>`{3,})text\n.*?\n\k<fence>$/gms, '(block)')
    .replace(/(?<![\\`])(?<ticks>`+)(?!`)[^\n]*?(?<!`)\k<ticks>(?!`)/g, '(code)');

/** Counts the cells of a row as GitHub splits it: at every bar that no backslash precedes. */
export const cells = (row: string): number => row.split(/(?<!\\)\|/).length - 2;
