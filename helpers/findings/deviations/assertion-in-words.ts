import { comparedValues } from './compared-values.ts';
import { remarkIn } from './plain-difference.ts';
import { parseJson } from '../../text/json.ts';
import { stripVTControlCharacters } from 'node:util';
import { plainAmount, withUnit, type Decimals } from '../../profile/amount-in-words.ts';
import { z } from 'zod';

type Value = string | number;

/** What each part of the tables' state is called, its values after it. */
const words = {
  balances: (values: readonly Value[], money: Decimals) =>
    values.length === 0 ? 'no balance' : `${noun('balance', values)} of ${amounts(values, money)}`,
  stock: (values: readonly Value[]) => (values.length === 0 ? 'no stock' : `a stock of ${listed(values)}`),
  orders: (values: readonly Value[]) =>
    values.length === 0
      ? 'no order'
      : `${values.length} ${values.length === 1 ? 'order' : 'orders'} (${listed(values)})`,
  totals: (values: readonly Value[], money: Decimals) =>
    values.length === 0 ? 'no total' : `${noun('total', values)} of ${amounts(values, money)}`,
  payments: (values: readonly Value[], money: Decimals) =>
    values.length === 0
      ? 'no payment'
      : `${values.length} ${values.length === 1 ? 'payment' : 'payments'} (${amounts(values, money)})`,
} as const;

const noun = (name: string, values: readonly Value[]): string => (values.length === 1 ? `a ${name}` : `${name}s`);

const maxListed = 6;

const listed = (values: readonly Value[]): string => {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const texts =
    values.length > 2
      ? [...counts].map(([value, count]) => (count > 1 ? `${count} × ${value}` : String(value)))
      : values.map(String);
  return [...texts.slice(0, maxListed), ...(texts.length > maxListed ? ['…'] : [])].join(', ');
};

/** Returns some amounts, which are numbers, as the target writes them. */
const amounts = (values: readonly Value[], money: Decimals): string =>
  withUnit(listed(values.map((value) => (typeof value === 'number' ? plainAmount(value, money) : value))), money);

type Part = keyof typeof words;

const stateSchema = z
  .strictObject({
    balances: z.array(z.number()),
    stock: z.array(z.number()),
    orders: z.array(z.string()),
    totals: z.array(z.number()),
    payments: z.array(z.number()),
  })
  .partial();

const parts: readonly Part[] = ['balances', 'stock', 'orders', 'totals', 'payments'];

type State = z.infer<typeof stateSchema>;

const said = (state: State, money: Decimals): string =>
  parts.flatMap((part) => (state[part] ? [words[part](state[part], money)] : [])).join(' and ');

const isEmpty = (state: State): boolean => parts.every((part) => state[part] === undefined);

/** An assertion that finds none of the states that are allowed. */
const noneOf = /^Expected value: ([^\n]+)\nReceived array: ([^\n]+)/m;

/** What the tables were found to hold, as far as that differs from what they should, and how both are said. */
interface ComparedStates {
  readonly seen: State;
  readonly inWords: (money: Decimals) => string;
}

const noneOfStates = (error: string): ComparedStates | undefined => {
  const [, found = '', allowed = ''] = noneOf.exec(error) ?? [];
  const [seen, due] = [
    stateSchema.safeParse(parseJson(found)).data,
    z.array(stateSchema).safeParse(parseJson(allowed)).data,
  ];
  if (!seen || !due || isEmpty(seen)) return undefined;
  const states = (money: Decimals): string => due.map((state) => said(state, money)).join('; or ');
  return { seen, inWords: (money) => `the tables hold ${said(seen, money)}, allowed is ${states(money)}` };
};

const differentStates = (error: string): ComparedStates | undefined => {
  const compared = comparedValues(error);
  if (!compared) return undefined;
  const [expected, received] = [compared.expected, compared.received].map(
    (values) => stateSchema.safeParse(parseJson(`{${values}}`)).data,
  );
  if (!expected || !received || isEmpty(expected) || isEmpty(received)) return undefined;
  return {
    seen: received,
    inWords: (money) => `the tables hold ${said(received, money)}, expected ${said(expected, money)}`,
  };
};

const comparedStates = (error: string): ComparedStates | undefined => noneOfStates(error) ?? differentStates(error);

/** Returns whether an assertion about the tables found no payment in them. */
export const findsNoPayment = (error: string): boolean =>
  comparedStates(stripVTControlCharacters(error))?.seen.payments?.length === 0;

const outcomesSchema = z.array(z.enum(['ok', 'refused', 'unknown'])).min(2);

/** Of the outcomes of several requests, how many are a success. */
const outcomesInWords = (error: string): string | undefined => {
  const compared = comparedValues(error);
  const [expected, received] = [compared?.expected, compared?.received].map(
    (values) => outcomesSchema.safeParse(parseJson(values ?? '')).data,
  );
  if (expected?.length !== received?.length || !expected || !received) return undefined;
  const [due, seen] = [expected, received].map((outcomes) => outcomes.filter((one) => one === 'ok').length);
  return due === seen ? undefined : `${seen} of ${received.length} requests succeeded, expected ${due}`;
};

/**
 * Returns what an assertion about balances, stock, orders and payments in the tables, or about the outcomes of several
 * requests, found and what it expected, in words; undefined for any other assertion.
 *
 * @example 'the tables hold a balance of 5000 won, expected a balance of 25000 won'
 */
export function assertionInWords(error: string, money: Decimals): string | undefined {
  const plain = stripVTControlCharacters(error);
  const text = comparedStates(plain)?.inWords(money) ?? outcomesInWords(plain);
  return text === undefined ? undefined : `${remarkIn(error)}${text}`;
}
