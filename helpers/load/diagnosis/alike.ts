import { groupedBy } from '../../text/words/grouped-by.ts';
import { shapeOf } from '../measure/broken-promises.ts';
import { count } from './explanation.ts';

/**
 * Returns lines of which those that differ in nothing but numbers are one, with their count: ten dumps of one deviation
 * are read once.
 */
export const alike = (lines: readonly string[]): string[] =>
  [...groupedBy(lines, shapeOf).values()].map(([first = '', ...others]) =>
    others.length === 0 ? first : `${first} (and ${count(others.length)} more like this one)`,
  );
