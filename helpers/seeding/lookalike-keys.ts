import type { Catalogue } from './catalogue.ts';

/** Placeholder for digits that are unique to a test; no leading zero. */
const unique = '12345678';

/** Pairs of distinct keys that a person, a collation or a layer before the table might treat as equal. */
export const lookalikes: readonly (readonly [difference: string, one: string, other: string])[] = [
  ['upper and lower case', `Key-${unique}-abc`, `Key-${unique}-ABC`],
  ['a trailing space', `key-${unique}`, `key-${unique} `],
  ['a leading space', `key-${unique}`, ` key-${unique}`],
  ['an accent', `cle-${unique}-e`, `cle-${unique}-é`],
  ['composed and decomposed accents', `cl\u00e9-${unique}`, `cle\u0301-${unique}`],
  ['a Korean letter', `key-${unique}-가`, `key-${unique}-나`],
  ['the width of letters', `key-${unique}-A1`, `key-${unique}-\uff21\uff11`],
  ['a zero before a number', `0${unique}`, unique],
  ['a tab and a space', `key-${unique}\t1`, `key-${unique} 1`],
  ['a newline at the end', `key-${unique}`, `key-${unique}\n`],
  ['one space and two', `key ${unique}`, `key  ${unique}`],
  ['a zero-width space', `key-${unique}`, `key\u200b-${unique}`],
  ['an emoji', `key-${unique}-😀`, `key-${unique}-😁`],
  ['a wildcard of SQL', `key-${unique}-abc`, `key-${unique}-a_c`],
  ['a backslash', `key-${unique}-ab`, `key-${unique}-a\\b`],
  ['an apostrophe', `key-${unique}-ab`, `key-${unique}-a'b`],
  ['a percent code and what it stands for', `key-${unique}%20b`, `key-${unique} b`],
  ['a dot and a hyphen', `key-${unique}.b`, `key-${unique}-b`],
  ['letters of one 32-bit hash', `key-${unique}-Aa`, `key-${unique}-BB`],
];

/** Returns the pair with digits that are unique to a test. */
export function withDigits([one, other]: readonly [string, string], { digits }: Catalogue): [string, string] {
  const own = digits(unique.length);
  return [one.replace(unique, own), other.replace(unique, own)];
}
