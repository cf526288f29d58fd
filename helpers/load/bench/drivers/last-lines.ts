/** Returns the end of a program's output as one line, without stack traces. */
export const lastLines = (text: string): string =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('at '))
    .slice(-4)
    .join(' | ')
    .slice(-400);
