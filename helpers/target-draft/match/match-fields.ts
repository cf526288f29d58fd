import type { DocumentedField } from '../document/operation.ts';
import { speaksOf } from '../words/concepts.ts';
import { wordsOf } from '../words/words-of.ts';
import { fieldNames, type SuiteField } from './field-names.ts';

type Form = 'id' | 'money' | 'count' | 'instant' | 'list' | 'text';

const forms: Readonly<Record<SuiteField, Form>> = {
  userId: 'id',
  productId: 'id',
  orderId: 'id',
  paymentId: 'id',
  balance: 'money',
  amount: 'money',
  price: 'money',
  stock: 'count',
  name: 'text',
  userName: 'text',
  email: 'text',
  items: 'list',
  quantity: 'count',
  totalAmount: 'money',
  orderNumber: 'text',
  subtotalAmount: 'money',
  discountAmount: 'money',
  status: 'text',
  createdAt: 'instant',
  paidAt: 'instant',
  chargedAt: 'instant',
  chargedAmount: 'money',
  paidAmount: 'money',
  remainingBalance: 'money',
  productName: 'text',
  unitPrice: 'money',
  subtotal: 'money',
};

/** Returns whether a field's documented type can hold what is wanted; documents may be wrong, so little is ruled out. */
function canHold({ type, format = '', values }: DocumentedField, form: Form): boolean {
  if (type === 'unknown') return true;
  switch (form) {
    case 'list':
      return type === 'array';
    case 'id':
      return (type === 'string' && !format.startsWith('date')) || type === 'integer' || type === 'number';
    case 'money':
      return (type === 'number' || type === 'integer' || type === 'string') && !/date|uuid|email|uri/.test(format);
    case 'count':
      return type === 'number' || type === 'integer';
    case 'instant':
      return (type === 'string' && values.length === 0) || type === 'integer' || type === 'number';
    case 'text':
      return type === 'string' || (type === 'integer' && values.length > 0);
  }
}

const isPlainId = (words: readonly string[]): boolean =>
  words.length === 1 && ['id', 'uuid', 'no', 'seq', 'number'].includes(words[0] ?? '');

/** Korean descriptions of a product's name or of an order's date speak of products and orders, too. */
const isIdInKorean = (description: string): boolean => /\bid\b|아이디|식별자|번호|코드/i.test(description);

/** `userCouponId` is the id of a coupon, whoever it belongs to. */
const isIdOfOther = (own: readonly string[], said: readonly string[]): boolean =>
  own.some((word) => !said.includes(word) && speaksOf('aside', word));

/**
 * Returns how well a field's name fits: 1 for the best known name, down to 0.
 *
 * @param ofThing the thing that the answer is about, whose own `id` a plain `id` is.
 */
function nameScore({ path, description, list }: DocumentedField, wanted: SuiteField, ofThing: SuiteField | undefined) {
  const names = path.split('.');
  const own = wordsOf(names.at(-1) ?? '');
  const pair = wordsOf(names.slice(-2).join('_'));
  const parents = names.slice(0, -1).flatMap(wordsOf);
  const isId = forms[wanted] === 'id';
  let best = 0;
  for (const [rank, name] of fieldNames[wanted].entries()) {
    const said = name.split(' ');
    const cost = rank * 0.015;
    if (own.join(' ') === name) best = Math.max(best, 1 - cost);
    else if (pair.join(' ') === name && names.length > 1) best = Math.max(best, 0.97 - cost);
    else if (name !== 'at' && said.every((word) => own.includes(word)) && !(isId && isIdOfOther(own, said)))
      best = Math.max(best, 0.75 - cost - (own.length - said.length) * 0.05);
    else if (/\p{Script=Hangul}/u.test(name) && (path.includes(name) || description.includes(name))) {
      if (!isId || path.includes(name) || isIdInKorean(description)) best = Math.max(best, 0.6 - cost);
    }
  }
  const idWords = fieldNames[wanted].slice(0, 6).map((name) => name.split(' ')[0] ?? '');
  if (isId && isPlainId(own)) {
    // `user.id` is the user's; a plain `id` that of the thing itself.
    if (parents.some((word) => idWords.includes(word))) best = Math.max(best, 0.95);
    else if (wanted === ofThing && list === undefined) best = Math.max(best, 0.85);
    else if (wanted === ofThing) best = Math.max(best, 0.6);
  }
  return best;
}

/** What to look for among fields. */
export interface WantedFields {
  readonly wanted: readonly SuiteField[];
  /** The field whose thing the request or answer is about. */
  readonly ofThing?: SuiteField;
  /** Looks among the fields of this list only; left out: among those in no list. */
  readonly list?: string;
  /** How well a name must fit, from 0 to 1. */
  readonly minScore?: number;
}

const usualMinScore = 0.45;

/** Returns the path of each wanted field that is found, each path for one field at most: the best match wins. */
export function matchFields(
  fields: readonly DocumentedField[],
  { wanted, ofThing, list, minScore = usualMinScore }: WantedFields,
): Partial<Record<SuiteField, DocumentedField>> {
  const pairs = fields
    .filter((field) => field.list === list)
    .flatMap((field) =>
      wanted
        .filter((name) => canHold(field, forms[name]))
        .map((name) => ({
          field,
          name,
          score: nameScore(field, name, ofThing) - field.path.split('.').length * 0.01,
        })),
    )
    .filter(({ score }) => score >= minScore)
    .toSorted((one, other) => other.score - one.score);
  const found: Partial<Record<SuiteField, DocumentedField>> = {};
  const taken = new Set<string>();
  for (const { field, name } of pairs) {
    if (found[name] || taken.has(field.path)) continue;
    found[name] = field;
    taken.add(field.path);
  }
  return found;
}
