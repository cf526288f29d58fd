import type { Id } from '../../profile/ids.ts';
import type { MoneyForm } from '../../profile/target-profile.ts';
import { isIdKind, kindOf, type FieldKind } from '../judge/field-kinds.ts';
import { leavesOf, type Leaf } from '../judge/json-leaves.ts';
import { normalizeName, nameSimilarity } from '../../text/words/name-similarity.ts';
import { moneyFormOf, readableMoneyForm } from './suggest-money.ts';

/** A field to find in an answer. */
export interface WantedField {
  /** The suite's name of it. */
  readonly field: string;
  /** Its path in the profile. */
  readonly path: string;
  /** Its value, where that is known; amounts in the smallest unit. */
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
  // Present once the order is paid.
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

/** Returns whether a value is the expected one, in any form. */
export function isSameValue(field: string, value: unknown, expected: Id, money: MoneyForm): boolean {
  if (kindOf(field) === 'money') return moneyFormOf(value, Number(expected), money) !== undefined;
  return (typeof value === 'number' || typeof value === 'string') && String(value) === String(expected);
}

/** Scores a path by its name: in `data.order.id`, the last two names together match `orderId`. */
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

/** Returns whether a value hardly occurs by chance, as a short number does. */
const isDistinctive = (value: unknown): boolean => String(value).length >= 4;

const scoreOf = ({ path, value }: Leaf, wanted: WantedField): number => {
  const byName = nameScore(path, wanted);
  const depth = path.split('.').length - 1;
  if (wanted.expected === undefined) return byName - depth * 0.02;
  if (isSameValue(wanted.field, value, wanted.expected, wanted.money)) {
    const byValue = isDistinctive(value) ? 0.9 : 0.3;
    return byValue + byName - depth * 0.02;
  }
  // Another id belongs to another object, whatever its name is.
  return isIdKind(kindOf(wanted.field)) ? 0 : byName - 0.5 - depth * 0.02;
};

const minScore = 0.45;

/** Returns the most likely place of a field in an answer, by its value, name and form; undefined if none is likely. */
export function suggestField(json: unknown, wanted: WantedField): Leaf | undefined {
  const [best] = leavesOf(json)
    .filter(({ path, value }) => path !== wanted.path && canBe(wanted, value))
    .map((leaf) => ({ leaf, score: scoreOf(leaf, wanted) }))
    .filter(({ score }) => score >= minScore)
    .toSorted((one, other) => other.score - one.score);
  return best?.leaf;
}
