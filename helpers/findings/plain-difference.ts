import { stripVTControlCharacters } from 'node:util';
import { shownLine } from '../text/shown-text.ts';

const maxLength = 300;

/** Returns the values of changed lines, each under the name of the list that it is in. */
const valuesIn = (lines: readonly string[], pattern: RegExp): string[] => {
  let list = '';
  let told = '';
  return lines.flatMap((line) => {
    const opened = /^("\w+"): (?:Array|Object|\[|\{)/.exec(line)?.[1];
    if (opened !== undefined) list = opened;
    else if (/^[\]}],?$/.test(line)) list = '';
    if (!pattern.test(line) || /^[-+] (Expected|Received) +[-+]/.test(line)) return [];
    const value = line.replace(pattern, '').trim();
    if (list === '' || list === told) return [value];
    told = list;
    return [`${list}: ${value}`];
  });
};

/** Returns what an assertion's error says of expected and received values, in one line; else its first line. */
export function plainDifference(error: string): string {
  const lines = stripVTControlCharacters(error)
    .split('\n')
    .map((line) => line.trim());
  const expected = valuesIn(lines, /^(Expected[^:]*:|-(?= ))/);
  const received = valuesIn(lines, /^(Received[^:]*:|\+(?= ))/);
  if (expected.length + received.length === 0) return shownLine(lines.find((line) => line !== '') ?? '', maxLength);
  const list = (values: readonly string[]): string => values.join(' ').replace(/,$/, '') || 'nothing';
  return shownLine(`expected ${list(expected)}, seen ${list(received)}`, maxLength);
}
