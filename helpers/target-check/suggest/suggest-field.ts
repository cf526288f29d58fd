import type { Id } from '../../profile/ids.ts';
import type { MoneyForm } from '../../profile/target-profile.ts';
import { isIdKind, kindOf, type FieldKind } from '../judge/field-kinds.ts';
import { leavesOf, type Leaf } from '../judge/json-leaves.ts';
import { normalizeName, nameSimilarity } from '../../text/name-similarity.ts';
import { moneyFormOf, readableMoneyForm } from './suggest-money.ts';

/** What is looked for in an answer. */
export interface WantedField {
  /** The suite's name of it. */
  readonly field: string;
  /** Where the profile says it is. */
  readonly path: string;
  /** What it must say, where that is known; amounts in the smallest unit. */
  readonly expected?: Id;
  readonly money: MoneyForm;
}

const isId = (value: unknown): boolean =>
  (typeof value === 'number' && Number.isSafeInteger(value) && value > 0) ||
  (typeof value === 'string' && /^[\w.:-]{1,200}$/.test(value));

const isInstant = (value: unknown): boolean =>
  (typeof value === 'string' && /\d{4}-\d\d/.test(value) && !Number.isNaN(Date.parse(value))) ||
  (typeof value === 'number' && value > 1_000_000_000);

const canBe = ({ field, money }: WantedField, value: unknown): boolean => {
  const kind: FieldKind = kindOf(field);
  // There once the order is paid.
  if (field === 'paidAt' && value === null) return true;
  if (isIdKind(kind)) return isId(value);
  switch (kind) {
    case 'money':
      return readableMoneyForm(value, money) !== undefined;
    case 'count':
      return typeof value === 'number' && Number.isInteger(value) && value >= 0;
    case 'instant':
      return isInstant(value);
    case 'lines':
      return Array.isArray(value) && value.length > 0;
    case 'text':
      return typeof value === 'string' && value !== '' && !isInstant(value);
  }
};

/** Whether a value is the expected one, in whatever form. */
export function isSameValue(field: string, value: unknown, expected: Id, money: MoneyForm): boolean {
  if (kindOf(field) === 'money') return moneyFormOf(value, Number(expected), money) !== undefined;
  return (typeof value === 'number' || typeof value === 'string') && String(value) === String(expected);
}

/** `data.order.id` says `orderId` as well as `orderId` does, so the last names together count as one. */
const nameScore = (path: string, wanted: WantedField): number => {
  const names = path.split('.');
  const own = names.at(-1) ?? '';
  const pair = names.slice(-2).join('');
  const lastWanted = wanted.path.split('.').at(-1) ?? '';
  return Math.max(
    nameSimilarity(own, wanted.field),
    nameSimilarity(own, lastWanted),
    ...[wanted.field, lastWanted].map((name) => Number(normalizeName(pair) === normalizeName(name))),
  );
};

/** A short number is often somewhere by chance. */
const isDistinctive = (value: unknown): boolean => String(value).length >= 4;

const scoreOf = ({ path, value }: Leaf, wanted: WantedField): number => {
  const byName = nameScore(path, wanted);
  const depth = path.split('.').length - 1;
  if (wanted.expected === undefined) return byName - depth * 0.02;
  if (isSameValue(wanted.field, value, wanted.expected, wanted.money)) {
    const byValue = isDistinctive(value) ? 0.9 : 0.3;
    return byValue + byName - depth * 0.02;
  }
  // Another id is another thing, whatever it is called.
  return isIdKind(kindOf(wanted.field)) ? 0 : byName - 0.5 - depth * 0.02;
};

const minScore = 0.45;

/** Where an answer most likely says a field, judged by its value, its name and its form; none if nothing speaks for it. */
export function suggestField(json: unknown, wanted: WantedField): Leaf | undefined {
  const [best] = leavesOf(json)
    .filter(({ path, value }) => path !== wanted.path && canBe(wanted, value))
    .map((leaf) => ({ leaf, score: scoreOf(leaf, wanted) }))
    .filter(({ score }) => score >= minScore)
    .toSorted((one, other) => other.score - one.score);
  return best?.leaf;
}
