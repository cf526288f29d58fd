import fc from 'fast-check';
import type { Exchange } from '../api/answers/exchange.ts';
import { describeExchange } from '../api/answers/exchange.ts';
import type { Expectation } from '../findings/deviations/expectation.ts';
import { noteFailedMatcher } from '../findings/deviations/failed-matchers.ts';
import { paymentProblems } from '../matchers/to-be-paid.ts';
import { refusalProblems } from '../matchers/to-be-refused-for.ts';
import { replayProblems } from '../matchers/to-replay.ts';
import { requireAnswer } from '../api/answers/require-answer.ts';
import type { ShopApi } from '../api/shop-api.ts';
import type { Account, Product } from '../database/rows/own-rows.ts';
import type { ShopView } from '../database/shop-view.ts';
import type { OrderAnswer } from '../api/answers/answers.ts';
import { amountInWords, plainAmount } from '../profile/amount-in-words.ts';
import { currentTarget } from '../profile/current-target.ts';
import { isOffered } from '../profile/endpoint-forms.ts';
import { namesUser } from '../profile/names-user.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { ShopModel, type ModelAnswer } from './shop-model.ts';

/** The target of a walk, and the walk's memory of it. */
export interface WalkedShop {
  readonly api: ShopApi;
  readonly database: Pick<ShopView, 'stateOf'>;
  readonly users: readonly Account[];
  readonly products: readonly Product[];
  /** Makes the keys unique to this walk: a leased user may serve several walks and keep the keys of the last one. */
  readonly keyPrefix: string;
  readonly orders: OrderAnswer[];
  /** First answers by the use of their key. */
  readonly originals: Map<string, Exchange>;
}

type Command = fc.AsyncCommand<ShopModel, WalkedShop>;

const at = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length];
  if (value === undefined) throw new RangeError('There is nothing to choose from');
  return value;
};

const stateInWords = ({ balances, stock }: Pick<ShopModel, 'balances' | 'stock'>): string => {
  const { money } = currentTarget();
  return JSON.stringify({
    balances: money.decimals === 0 ? balances : balances.map((one) => plainAmount(one, money)),
    stock,
  });
};

/** Compares an answer with the model's expectation, and the tables with the model's state. */
async function compare(
  shop: WalkedShop,
  model: ShopModel,
  expected: ModelAnswer,
  exchange: Exchange,
  doneProblems: readonly string[],
): Promise<void> {
  const problems =
    expected.kind === 'refused'
      ? refusalProblems(exchange, expected.reasons).map(
          (problem) => `refused for ${expected.reasons.join(' or ')}: ${problem}`,
        )
      : expected.kind === 'replay'
        ? replayOf(shop, expected.of, exchange)
        : exchange.outcome === 'ok'
          ? doneProblems
          : ['it should have succeeded'];
  const { balances, stock } = await shop.database.stateOf(shop.users, shop.products);
  const state = stateInWords({ balances, stock });
  const promised = stateInWords(model);
  if (problems.length === 0 && state === promised) return;
  const text = [
    ...problems.map((problem) => `  - ${problem}`),
    ...(state === promised ? [] : [`Expected tables: ${promised}`, `Received tables: ${state}`]),
    '',
    describeExchange(exchange),
  ].join('\n');
  // What an answer breaks is a deviation like that of a matcher; the tables are the ledger's.
  if (problems.length > 0) {
    const expectation = expectationOf(shop, expected);
    noteFailedMatcher(text, {
      expectation,
      expected: `what the model says: ${expected.kind}`,
      received: [exchange],
      problems,
    });
  }
  throw new Error(text);
}

const expectationOf = ({ originals }: WalkedShop, expected: ModelAnswer): Expectation => {
  const original = expected.kind === 'replay' ? originals.get(expected.of) : undefined;
  if (expected.kind === 'refused') return { of: 'refusal', reasons: expected.reasons };
  return original ? { of: 'replay', original } : { of: 'success' };
};

const replayOf = ({ originals }: WalkedShop, use: string, exchange: Exchange): string[] => {
  const original = originals.get(use);
  return original ? replayProblems(exchange, original).map((problem) => `a replay of the ${use}: ${problem}`) : [];
};

const keyOf = ({ keyPrefix }: WalkedShop, user: number, key: string): string => `${keyPrefix}-${user}-${key}`;

const order = (user: number, product: number, quantity: number): Command => ({
  check: () => true,
  async run(model, shop) {
    const { userId } = at(shop.users, user);
    const { productId } = at(shop.products, product);
    const exchange = await shop.api.createOrder({ userId, items: [{ productId, quantity }] });
    const expected = model.order(user % shop.users.length, product % shop.products.length, quantity);
    if (expected.kind === 'done' && exchange.outcome === 'ok') shop.orders.push(requireAnswer(exchange));
    await compare(shop, model, expected, exchange, exchange.malformed ?? []);
  },
  toString: () => `user ${user} orders ${quantity} × product ${product}`,
});

const pay = (index: number, stranger: boolean, key: string): Command => ({
  check: ({ orders }) => orders.length > 0,
  async run(model, shop) {
    const nth = index % model.orders.length;
    const target = at(shop.orders, nth);
    const owner = at(model.orders, nth).user;
    const user = stranger ? (owner + 1) % shop.users.length : owner;
    const { userId } = at(shop.users, user);
    const exchange = await shop.api.pay(target.orderId, { userId, idempotencyKey: keyOf(shop, user, key) });
    const expected = model.pay(nth, user, key);
    if (expected.kind === 'done') shop.originals.set(ShopModel.useOf.payment(nth), exchange);
    await compare(shop, model, expected, exchange, paymentProblems(exchange, target));
  },
  toString: () => `${stranger ? 'another user' : 'its user'} pays order #${index} with key ${key}`,
});

const charge = (user: number, amount: number, key: string): Command => ({
  check: () => true,
  async run(model, shop) {
    const { userId } = at(shop.users, user);
    const nth = user % shop.users.length;
    const exchange = await shop.api.chargeBalance(userId, { amount, idempotencyKey: keyOf(shop, nth, key) });
    const expected = model.charge(nth, amount, key);
    if (expected.kind === 'done') shop.originals.set(ShopModel.useOf.charge(nth, amount, key), exchange);
    const balance = exchange.answer?.balance;
    const problems =
      balance === model.balances[nth]
        ? []
        : [`it says the balance is ${balance === undefined ? 'unknown' : plainAmount(balance, currentTarget().money)}`];
    await compare(shop, model, expected, exchange, [...(exchange.malformed ?? []), ...problems]);
  },
  toString: () => `user ${user} is topped up by ${amountInWords(amount, currentTarget().money)} with key ${key}`,
});

const cancel = (index: number, stranger: boolean): Command => ({
  check: ({ orders }) => orders.length > 0,
  async run(model, shop) {
    const nth = index % model.orders.length;
    const owner = at(model.orders, nth).user;
    const user = stranger ? (owner + 1) % shop.users.length : owner;
    const exchange = await shop.api.cancelOrder(at(shop.orders, nth).orderId, { userId: at(shop.users, user).userId });
    await compare(shop, model, model.cancel(nth, user), exchange, exchange.malformed ?? []);
  },
  toString: () => `${stranger ? 'another user' : 'its user'} cancels order #${index}`,
});

const person = fc.nat({ max: 1 });
const key = fc.constantFrom('a', 'A', 'b');
const seldom = fc.integer({ min: 0, max: 9 }).map((number) => number === 9);

const orders = fc.tuple(person, person, fc.integer({ min: 1, max: 3 })).map((choice) => order(...choice));
const charges = fc.tuple(person, fc.constantFrom(5_000, 20_000), key).map((choice) => charge(...choice));

/** Who acts is somebody else now and then, where a request says whose it is. */
const strangers = (profile: TargetProfile, call: 'pay' | 'cancelOrder') =>
  namesUser(profile, call) ? seldom : fc.constant(false);

/**
 * Returns random walks of orders, payments, replays, and the top-ups and cancellations that a target offers, over a few
 * accounts, products and keys.
 */
export const walksOf = (profile: TargetProfile) => {
  const { chargeBalance, cancelOrder } = profile.endpoints;
  const nth = fc.nat({ max: 5 });
  const payments = fc.tuple(nth, strangers(profile, 'pay'), key).map((choice) => pay(...choice));
  const cancellations = fc.tuple(nth, strangers(profile, 'cancelOrder')).map((choice) => cancel(...choice));
  return fc.commands<ShopModel, WalkedShop, false>(
    [
      orders,
      // Twice, since payments are the most error-prone.
      payments,
      payments,
      ...(isOffered(chargeBalance) && chargeBalance.key ? [charges] : []),
      ...(isOffered(cancelOrder) ? [cancellations] : []),
    ],
    { maxCommands: 25 },
  );
};
