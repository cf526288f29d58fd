import { stripVTControlCharacters } from 'node:util';

const lineBreaks = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/gu;

// What is left may neither steer a terminal nor make a line read in another order than it has.
const steering = /[\p{Cc}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * A text of unknown origin as one line: without escape sequences, control characters (C0 and C1) and characters that
 * change the direction of writing or cannot be seen. Line breaks and tabs become spaces.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(lineBreaks, ' ').replaceAll('\t', ' ').replace(steering, '');
}

/** The same with its lines kept apart by `\n`. */
export function printableLines(text: string): string {
  return stripVTControlCharacters(text).replace(lineBreaks, '\n').split('\n').map(printable).join('\n');
}
