import { stripVTControlCharacters } from 'node:util';
import { shownLine } from '../text/shown-text.ts';

const maxLength = 300;

/** Returns what an assertion's error says of expected and received values, in one line; else its first line. */
export function plainDifference(error: string): string {
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .map((line) => line.trim());
  const said = (pattern: RegExp): string[] =>
    lines
      .filter((line) => pattern.test(line) && !/^[-+] (Expected|Received) +[-+]/.test(line))
      .map((line) => line.replace(pattern, '').trim());
  const [expected, received] = [said(/^(Expected[^:]*:|-(?= ))/), said(/^(Received[^:]*:|\+(?= ))/)];
  if (expected.length + received.length === 0) return shownLine(lines.find((line) => line !== '') ?? '', maxLength);
  const list = (values: readonly string[]): string => values.join(' ').replace(/,$/, '') || 'nothing';
  return shownLine(`expected ${list(expected)}, seen ${list(received)}`, maxLength);
}
