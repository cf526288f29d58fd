import { leavesOf, type Leaf } from '../judge/json-leaves.ts';
import { normalizeName } from '../../text/words/name-similarity.ts';

/** A field of an error. */
export type ErrorField = 'code' | 'message' | 'timestamp';

/** Names that targets use for it, the most specific first. */
const knownNames: Readonly<Record<ErrorField, readonly string[]>> = {
  code: ['code', 'errorcode', 'type', 'reason', 'error', 'key', 'name', 'title'],
  message: [
    'message',
    'detail',
    'errormessage',
    'errordescription',
    'description',
    'msg',
    'detailmessage',
    'title',
    'reason',
    'error',
  ],
  timestamp: ['timestamp', 'time', 'occurredat', 'date', 'instant', 'createdat'],
};

const isCode = (value: unknown): boolean =>
  (typeof value === 'string' && value.length <= 200 && /^\S+$/.test(value) && value !== 'about:blank') ||
  (typeof value === 'number' && Number.isInteger(value));

const isFormOf: Readonly<Record<ErrorField, (value: unknown) => boolean>> = {
  code: isCode,
  message: (value) => typeof value === 'string' && value !== '',
  timestamp: (value) => typeof value === 'string' && /\d{4}-\d\d/.test(value) && !Number.isNaN(Date.parse(value)),
};

/** Returns the most likely place of an error's code, message or time. */
export function suggestErrorField(json: unknown, field: ErrorField, status: number): Leaf | undefined {
  const names = knownNames[field];
  const rank = ({ path }: Leaf): number => names.indexOf(normalizeName(path.split('.').at(-1) ?? ''));
  return (
    leavesOf(json)
      // A code that only repeats the status names no cause.
      .filter((leaf) => rank(leaf) >= 0 && isFormOf[field](leaf.value) && String(leaf.value) !== String(status))
      .toSorted((one, other) => rank(one) - rank(other) || one.path.length - other.path.length)[0]
  );
}
