import { isMissing } from '../../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../profile/target-profile.ts';
import { parseJson, valueAt } from '../../../text/json.ts';
import { isCallName } from '../../kinds/call-words.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted } from '../lines/shell-words.ts';
import { sameValue } from './answers/seen-value.ts';

const idFields = ['userId', 'productId', 'orderId', 'paymentId'] as const;
const moneyFields = [
  ...['balance', 'price', 'totalAmount', 'subtotalAmount', 'discountAmount'],
  ...['paidAmount', 'remainingBalance', 'chargedAmount'],
];

type Form = 'number' | 'text';

/** Returns the form that a field is promised in; undefined where several will do. */
const promised = ({ ids, money }: TargetProfile, name: string): Form | undefined => {
  const id = idFields.find((one) => one === name);
  const asText = { number: 'number', string: 'text' } as const;
  if (id) return asText[ids[idKind[id]]];
  if (moneyFields.includes(name)) return money.inJson === 'decimal-string' ? 'text' : 'number';
  return name === 'stock' ? 'number' : undefined;
};

const idKind = { userId: 'user', productId: 'product', orderId: 'order', paymentId: 'payment' } as const;

const formOf = (value: unknown): string => {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  return typeof value === 'string' ? 'text' : typeof value;
};

/** Returns the lines for values of the right form that are no such values: below zero, or no time. */
const invalidValues = (sentence: string, paths: Readonly<Record<string, unknown>>, seen: ScriptedExchange): string[] =>
  [...sentence.matchAll(/\b(\w+): (?:Too small|expected a date and time)/g)].flatMap(([, name = '']) => {
    const path = paths[name];
    return typeof path === 'string' ? sameValue(seen, path).map((line) => `  ${line}`) : [];
  });

/** Returns the lines that look whether a field of an answer is missing, or of another form than promised, as it was. */
export function formVerdict({ profile, finding }: ScriptContext, seen: ScriptedExchange): string[] | undefined {
  const endpoint = isCallName(seen.call) ? profile.endpoints[seen.call] : undefined;
  const answer = parseJson(seen.answer ?? '');
  if (!endpoint || isMissing(endpoint) || !('answer' in endpoint) || 'inList' in endpoint || answer === undefined)
    return undefined;
  const number = seen.place + 1;
  const wrong = Object.entries(endpoint.answer).flatMap(([name, path]) => {
    if (typeof path !== 'string' || (name === 'paidAt' && seen.call !== 'pay')) return [];
    const form = formOf(valueAt(answer, path));
    const wanted = promised(profile, name);
    const isWrong = form === 'nothing' || form === 'null' || (wanted !== undefined && form !== wanted);
    return isWrong ? [{ path, form }] : [];
  });
  const lines = wrong.map(
    ({ path, form }) =>
      `  [ "$(form ${number} ${quoted(path)})" != ${form} ] || shows ${quoted(`the answer's ${path} is ${form}`)}`,
  );
  const invalid = lines.length > 0 ? [] : invalidValues(finding.sentence, endpoint.answer, seen);
  const all = [...lines, ...invalid];
  return all.length === 0 ? undefined : [`if succeeded ${number}; then`, ...all, 'fi'];
}
