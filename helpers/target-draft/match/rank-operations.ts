import type { Operation } from '../document/operation.ts';
import { speaksOf, type Concept } from '../words/concepts.ts';
import { listedIn } from './listed-in.ts';
import { matchFields } from './match-fields.ts';
import type { SuiteField } from './field-names.ts';

/** The calls of a profile that a document can describe. */
export const roles = [
  ...(['health', 'getBalance', 'chargeBalance', 'getProduct'] as const),
  ...(['createOrder', 'getOrder', 'cancelOrder', 'pay'] as const),
];

/** A call of the profile. */
export type Role = (typeof roles)[number];

/** The words of an operation, by where they stand. */
interface Spoken {
  readonly operation: Operation;
  /** The last part of the path that is no parameter. */
  readonly last: string;
  /** All parts of the path that are no parameters. */
  readonly path: string;
  /** Its id and summary. */
  readonly texts: string;
  readonly endsInParameter: boolean;
}

function spokenOf(operation: Operation): Spoken {
  const parts =
    operation.path
      .split('?')[0]
      ?.split('/')
      .filter((part) => part !== '') ?? [];
  const fixed = parts.filter((part) => !part.startsWith('{'));
  return {
    operation,
    last: fixed.at(-1) ?? '',
    path: fixed.join('/'),
    texts: operation.texts.slice(0, 2).join(' ').slice(0, 300),
    endsInParameter: parts.at(-1)?.startsWith('{') ?? false,
  };
}

/** Adds up what speaks for a concept: its word at the end of the path, within it, or in the texts. */
const weight = (
  { last, path, texts }: Spoken,
  concept: Concept,
  [atEnd, within, inTexts]: readonly [number, number, number],
) => (speaksOf(concept, last) ? atEnd : speaksOf(concept, path) ? within : speaksOf(concept, texts) ? inTexts : 0);

const has = (operation: Operation, side: 'body' | 'answer', wanted: SuiteField, ofThing?: SuiteField): boolean => {
  const lists = [undefined, ...new Set(operation[side].flatMap(({ list }) => (list === undefined ? [] : [list])))];
  return lists.some(
    (list) =>
      matchFields(operation[side], {
        wanted: [wanted],
        ...(ofThing && { ofThing }),
        ...(list !== undefined && { list }),
      })[wanted] !== undefined,
  );
};

const names = ({ parameters, path }: Operation, concept: Concept): boolean =>
  parameters.some(({ name, in: place }) => place !== 'header' && speaksOf(concept, name)) ||
  // `/users/{id}/balance`
  path.split('/').some((part, place, parts) => part.startsWith('{') && speaksOf(concept, parts[place - 1] ?? ''));

const spends = /withdraw|debit|transfer|deduct|\buse\b|출금|차감|사용$/i;

/** Balance that is used for an order is its payment, whatever it is called: `PATCH /points/use` with an `orderId`. */
const spendingScore = (spoken: Spoken): number =>
  spends.test(`${spoken.last} ${spoken.texts}`) && has(spoken.operation, 'body', 'orderId')
    ? weight(spoken, 'balance', [2, 2, 1])
    : 0;

const isRead = ({ method }: Operation): boolean => method === 'GET';

/** A list of things stands for the call that looks one of them up, where there is no such call. */
function listScore(spoken: Spoken, thing: 'order' | 'product'): number {
  if (!speaksOf(thing, spoken.last) || listedIn(spoken.operation, `${thing}Id`) === undefined) return 0;
  return 4.5 - (thing === 'product' ? weight(spoken, 'order', [3, 3, 1]) : weight(spoken, 'payment', [3, 1, 0]));
}

const scores: Readonly<Record<Role, (spoken: Spoken) => number>> = {
  health: (spoken) => {
    const { operation, path } = spoken;
    if (!isRead(operation) || operation.path.includes('{')) return 0;
    const isOfShop = (['order', 'payment', 'user', 'product'] as const).some((concept) => speaksOf(concept, path));
    return weight(spoken, 'health', [5, 4, 1]) - (isOfShop ? 4 : 0) - path.split('/').length * 0.1;
  },
  getBalance: (spoken) => {
    const { operation } = spoken;
    if (!isRead(operation) || operation.answersList) return 0;
    const isNamed = weight(spoken, 'balance', [3, 2, 1.5]);
    const isAnswered = has(operation, 'answer', 'balance') ? 2 : 0;
    if (isNamed === 0 && isAnswered === 0) return 0;
    return (
      isNamed +
      isAnswered +
      (names(operation, 'user') ? 1.5 : 0) -
      weight(spoken, 'order', [4, 3, 1]) -
      weight(spoken, 'product', [4, 3, 1])
    );
  },
  chargeBalance: (spoken) => {
    const { operation } = spoken;
    if (isRead(operation) || operation.method === 'DELETE') return 0;
    const isNamed = weight(spoken, 'topUp', [4, 2, 2]) + weight(spoken, 'balance', [2, 2, 1]);
    if (isNamed < 2) return 0;
    const isOfOrder =
      weight(spoken, 'order', [4, 4, 1]) + weight(spoken, 'cancel', [3, 2, 1]) + weight(spoken, 'refund', [3, 2, 1]);
    return (
      isNamed +
      (has(operation, 'body', 'amount') ? 1.5 : -2) -
      isOfOrder -
      (spends.test(`${spoken.last} ${spoken.texts}`) ? 3 : 0)
    );
  },
  getProduct: (spoken) => {
    const { operation, endsInParameter } = spoken;
    if (!isRead(operation)) return 0;
    if (!names(operation, 'product')) return listScore(spoken, 'product');
    if (operation.answersList) return 0;
    const isAnswered = (has(operation, 'answer', 'price') ? 1.5 : 0) + (has(operation, 'answer', 'stock') ? 1.5 : 0);
    return (
      weight(spoken, 'product', [3, 0.5, 0.5]) +
      isAnswered +
      (endsInParameter ? 1 : -1) -
      weight(spoken, 'order', [3, 3, 1])
    );
  },
  createOrder: (spoken) => {
    const { operation } = spoken;
    if (operation.method !== 'POST') return 0;
    const lines = has(operation, 'body', 'productId') || has(operation, 'body', 'items') ? 2.5 : 0;
    const isOther =
      weight(spoken, 'cancel', [4, 3, 1]) +
      weight(spoken, 'payment', [3, 3, 0.5]) +
      weight(spoken, 'refund', [3, 3, 1]);
    return weight(spoken, 'order', [4, 2, 1]) + lines - isOther - (names(operation, 'order') ? 3 : 0);
  },
  getOrder: (spoken) => {
    const { operation, endsInParameter } = spoken;
    if (!isRead(operation)) return 0;
    if (!names(operation, 'order')) return listScore(spoken, 'order');
    if (operation.answersList) return 0;
    return (
      weight(spoken, 'order', [4, 2, 1]) +
      (endsInParameter ? 2 : -1) +
      (has(operation, 'answer', 'totalAmount') ? 1 : 0) -
      weight(spoken, 'payment', [3, 1, 0])
    );
  },
  cancelOrder: (spoken) => {
    const { operation } = spoken;
    if (isRead(operation) || weight(spoken, 'order', [1, 1, 1]) === 0) return 0;
    const isNamed = weight(spoken, 'cancel', [4, 3, 3]);
    const isDeletion = operation.method === 'DELETE' && speaksOf('order', spoken.last) ? 2.5 : 0;
    if (isNamed + isDeletion === 0) return 0;
    return (
      isNamed +
      isDeletion +
      (names(operation, 'order') || has(operation, 'body', 'orderId') ? 2 : -2) -
      weight(spoken, 'payment', [3, 2, 0]) -
      weight(spoken, 'line', [1.5, 0, 0])
    );
  },
  pay: (spoken) => {
    const { operation } = spoken;
    if (isRead(operation) || operation.method === 'DELETE') return 0;
    const isNamed = weight(spoken, 'payment', [4, 2.5, 2]) || spendingScore(spoken);
    if (isNamed === 0) return 0;
    const isOther = weight(spoken, 'cancel', [5, 4, 2]) + weight(spoken, 'refund', [5, 4, 2]);
    return (
      isNamed +
      (names(operation, 'order') || has(operation, 'body', 'orderId') ? 2.5 : -3) +
      weight(spoken, 'order', [0, 0.5, 0.3]) -
      isOther
    );
  },
};

const minScores: Readonly<Record<Role, number>> = {
  health: 3,
  getBalance: 3.2,
  chargeBalance: 3,
  getProduct: 3.5,
  createOrder: 4,
  getOrder: 4,
  cancelOrder: 4,
  pay: 3.5,
};

const maxCandidates = 4;

/** Returns how often a version or a word that stands aside (admin, review, history) is in the path. */
const penalty = ({ operation, path }: Spoken): number =>
  (speaksOf('aside', path) ? 3 : 0) + (operation.isDeprecated ? 1.5 : 0) + path.split('/').length * 0.05;

/**
 * Returns the operations that can be each call of a profile, the likeliest first, at most four: by their verbs, paths,
 * names, parameters and fields.
 */
export function rankOperations(operations: readonly Operation[]): Record<Role, Operation[]> {
  const spoken = operations.map(spokenOf);
  const ranked = (role: Role): Operation[] =>
    spoken
      .map((one) => ({ operation: one.operation, score: scores[role](one) - penalty(one) }))
      .filter(({ score }) => score >= minScores[role])
      .toSorted((one, other) => other.score - one.score)
      .slice(0, maxCandidates)
      .map(({ operation }) => operation);
  return {
    health: ranked('health'),
    getBalance: ranked('getBalance'),
    chargeBalance: ranked('chargeBalance'),
    getProduct: ranked('getProduct'),
    createOrder: ranked('createOrder'),
    getOrder: ranked('getOrder'),
    cancelOrder: ranked('cancelOrder'),
    pay: ranked('pay'),
  };
}
