import type { Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { valueAt } from '../../text/json.ts';
import { suggestField } from '../suggest/suggest-field.ts';
import { misfitOf, type Misfit } from './misfit.ts';

const lastPart = (value: string): string => value.split(/[?#]/)[0]?.replace(/\/+$/, '').split('/').at(-1) ?? '';

/** Returns the misfits of an order's id that is in no field of its answer, but at the end of a header's path. */
export function judgeIdInHeader(
  { endpoints, money }: TargetProfile,
  json: unknown,
  headers: Readonly<Record<string, string>>,
  expected: Id | undefined,
): Misfit[] {
  const { answer, idInHeader } = endpoints.createOrder;
  const isThere = answer.orderId !== undefined && (valueAt(json, answer.orderId) ?? undefined) !== undefined;
  if (expected === undefined || isThere) return [];
  const inBody = suggestField(json, { field: 'orderId', path: '', expected, money });
  if (String(inBody?.value) === String(expected)) return [];
  const names = Object.keys(headers).filter((name) => lastPart(headers[name] ?? '') === String(expected));
  const found = names.find((name) => name.endsWith('location')) ?? names[0];
  if (found === undefined || found === idInHeader?.toLowerCase()) return [];
  const header = found === 'location' ? 'Location' : found;
  const problem = `the answer has no id, but its header ${header} ends with it`;
  return [
    misfitOf(problem, ['endpoints', 'createOrder', 'idInHeader'], header),
    ...(answer.orderId === undefined
      ? []
      : [misfitOf(problem, ['endpoints', 'createOrder', 'answer', 'orderId'], undefined)]),
  ];
}
