import { stripVTControlCharacters } from 'node:util';
import { shownLine } from '../../text/shown-text.ts';
import { comparedValues } from './compared-values.ts';

const maxLength = 300;
const maxLengthOfSide = 140;
const maxLengthOfRemark = 220;
const keptBeforeDifference = 20;

/** Patterns that an assertion matches a text with, in words. */
const inWords: ReadonlyMap<string, string> = new Map([[String.raw`not /\p{Script=Hangul}/u`, 'no Korean text']]);

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

/** Returns a text from a little before the place on where it differs from another, where it is too long to be shown whole. */
const fromDifference = (text: string, other: string): string => {
  if (text.length <= maxLengthOfSide) return text;
  let same = 0;
  while (same < text.length && text[same] === other[same]) same += 1;
  const from = Math.max(0, same - keptBeforeDifference);
  return shownLine(`${from > 0 ? '…' : ''}${text.slice(from)}`, maxLengthOfSide);
};

/** Returns values as they stand in JSON, and not as an assertion prints them. */
const asJson = (values: string): string => values.replaceAll(/\b(?:Array|Object) (?=[[{])/g, '').replace(/,$/, '');

const linesOf = (error: string): string[] =>
  stripVTControlCharacters(error)
    .split('\n')
    .map((line) => line.trim());

/** Returns what the author of an assertion says of it, to stand before what differs; else an empty text. */
export const remarkIn = (error: string): string => {
  const remark = remarkOf(linesOf(error));
  return remark === '' ? '' : `${shownLine(remark, maxLengthOfRemark)}: `;
};

/** Returns what the author of an assertion says of it, where they say something. */
const remarkOf = (lines: readonly string[]): string => {
  const first = (lines.find((line) => line !== '') ?? '').replace(/^Error: /, '').replace(/:$/, '');
  return first.startsWith('expect(') || /^([-+] |Expected|Received)/.test(first) ? '' : first;
};

/**
 * Returns what an assertion's error says of expected and received values, in one line, with the remark of the
 * assertion; else its first line.
 */
export function plainDifference(error: string): string {
  const lines = linesOf(error);
  const sides = [/^(Expected[^:]*:|-(?= ))/, /^(Received[^:]*:|\+(?= ))/].map((pattern) => valuesIn(lines, pattern));
  const [ofLines = '', otherOfLines = ''] = sides.map((values) => asJson(values.join(' ')));
  const { expected, received } = comparedValues(stripVTControlCharacters(error)) ?? {
    expected: ofLines,
    received: otherOfLines,
  };
  if (`${expected}${received}` === '') return shownLine(lines.find((line) => line !== '') ?? '', maxLength);
  const remark = remarkOf(lines);
  // The remark says what is not so.
  if (remark !== '' && expected === 'true' && received === 'false') return shownLine(remark, maxLength);
  const what = remarkIn(error);
  const [allowed, got] = [/^Expected value: /m, /^Received array: /m].map((pattern) => pattern.test(lines.join('\n')));
  // One value of those that are allowed was to be found.
  if (allowed && got) return `${what}allowed is one of ${shownLine(received, maxLength)}, seen ${expected}`;
  if (expected === '') return `${what}beyond what was expected ${fromDifference(received, '')}`;
  const due = `${what}expected ${inWords.get(expected) ?? fromDifference(expected, received)}`;
  // Of what must not be, an error shows only what it is.
  const isSame = received === '' && expected.startsWith('not ');
  return isSame ? `${due}, and it is` : `${due}, seen ${fromDifference(received, expected) || 'nothing'}`;
}
