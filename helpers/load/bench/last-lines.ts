/** The end of what a program printed, in one line; a stack trace says nothing to its reader. */
export const lastLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '))
    .slice(-4)
    .join(' | ')
    .slice(-400);
