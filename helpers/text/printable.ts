import { stripVTControlCharacters } from 'node:util';

const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;

// Control characters, and those that change the order in which a line is read.
const steering = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * Returns a text of unknown origin as one line: without escape sequences, control characters (C0 and C1), invisible
 * characters and those that change the direction of writing. Line breaks and tabs become spaces.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(lineBreaks, ' ').replaceAll('\t', ' ').replace(steering, '');
}

/** Does the same, but keeps the lines apart by `\n`. */
export function printableLines(text: string): string {
  return stripVTControlCharacters(text).replace(lineBreaks, '\n').split('\n').map(printable).join('\n');
}
