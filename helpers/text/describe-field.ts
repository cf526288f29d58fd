import { printable } from './printable.ts';
import type { Field } from './json.ts';

/** Returns a field's value as a title or an error shows it. */
export const describeField = (value: Field): string =>
  typeof value === 'number' ? String(value) : value === undefined ? '(none)' : printable(JSON.stringify(value));
