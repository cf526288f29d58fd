const timePattern = /(\d+)m(\d+(?:[.,]\d+)?)s/g;

/**
 * Reads what the shell's `times` prints: its own user and system time, then those of its children.
 *
 * @returns the CPU time of the children, in seconds.
 * @throws Error when the text is something else.
 */
export function parseTimes(text: string): number {
  const seconds = Array.from(
    text.matchAll(timePattern),
    ([, minutes = '', rest = '']) => Number(minutes) * 60 + Number(rest.replace(',', '.')),
  );
  const [, , user, system] = seconds;
  if (user === undefined || system === undefined || seconds.length !== 4) {
    throw new Error(`The shell's times are not to be read: ${JSON.stringify(text)}`);
  }
  return user + system;
}
