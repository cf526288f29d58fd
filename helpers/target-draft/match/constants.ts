import type { Json } from '../../text/json.ts';
import type { DocumentedField } from '../document/operation.ts';
import { speaksOf } from '../words/concepts.ts';
import { wordsOf } from '../words/words-of.ts';

/** Returns a value that a field can have, by its document: of several, the one that means a payment from the balance. */
export function plausibleValue({ values, example, type, format = '' }: DocumentedField): Json | undefined {
  const ofBalance = values.find((value) => typeof value === 'string' && speaksOf('balance', value));
  const said = ofBalance ?? example ?? values[0];
  if (said !== undefined) return said;
  if (type === 'boolean') return false;
  if (type === 'integer' || type === 'number') return 1;
  if (type !== 'string') return undefined;
  if (format === 'date-time') return '2030-01-01T00:00:00Z';
  if (format === 'date') return '2030-01-01';
  if (format === 'email') return 'target-draft@example.com';
  return 'target draft';
}

/** Returns whether a field, and everything that it lies in, is demanded. */
const isDemanded = (body: readonly DocumentedField[], path: string): boolean =>
  path
    .split('.')
    .map((_, place, names) => names.slice(0, place + 1).join('.'))
    .every((one) => body.some((field) => field.list === undefined && field.path === one && field.isRequired));

/**
 * Returns the fields that a body has beside those of the suite, with a value for each, by their dotted paths.
 *
 * @param which `required`: those that the document demands; `all`: also those with known values.
 */
export function constantsOf(
  body: readonly DocumentedField[],
  used: readonly string[],
  which: 'required' | 'all',
): Record<string, Json> {
  const constants: Record<string, Json> = {};
  for (const field of body) {
    const { path, list, type, isRequired, values, example } = field;
    if (list !== undefined || type === 'object' || type === 'array') continue;
    // What lies deeper is only sent with all that is demanded around it.
    if (path.includes('.') && !isDemanded(body, path)) continue;
    if (used.some((one) => one === path || one.startsWith(`${path}.`))) continue;
    if (!isRequired && (which === 'required' || (values.length === 0 && example === undefined))) continue;
    // An example of a coupon, or of another row, is hardly the one of a row that exists.
    if (!isRequired && (speaksOf('aside', path) || wordsOf(path).at(-1) === 'id')) continue;
    const value = plausibleValue(field);
    if (value !== undefined) constants[path] = value;
  }
  return constants;
}
