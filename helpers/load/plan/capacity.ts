import { format, raw } from 'mysql2';
import { groupedInWords } from '../../profile/amount-in-words.ts';
import { needed as neededOf } from '../../profile/endpoint-forms.ts';
import { moneyCodec } from '../../profile/money-codec.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { LoadPlan } from './load-plan.ts';
import { describePace, expectedIterations, shareOf } from './pace.ts';
import { percent } from '../report/figures.ts';
import { maxOrderTries, paymentsOfAnIteration, pausesOf } from './flow.ts';
import { busiestShare } from '../prepare/goods.ts';
import type { LoadBudget } from '../measure/load-summary.ts';

/** Holdings of the accounts and products of a run: the lowest and all together, in the smallest unit and in pieces. */
export interface Holdings {
  readonly balanceLowest: number;
  readonly balanceTotal: number;
  readonly stockLowest: number;
  readonly stockTotal: number;
}

/** Time of an iteration, and how it is known. */
export interface IterationTime {
  readonly ms: number;
  readonly known: 'given' | 'measured' | 'assumed';
}

const assumedRequestMs = 2;

const requestsOf: Readonly<Record<LoadPlan['flow'], number>> = {
  'order-then-pay': 1 + paymentsOfAnIteration,
  'pay-at-once': 2,
  order: 1,
};

/**
 * Returns the time of an iteration, and how it is known.
 *
 * @param requestMs the fastest answer of the API that was seen, or undefined where none was.
 */
export function iterationTime(plan: LoadPlan, requestMs?: number): IterationTime {
  if (plan.iterationMs !== undefined) return { ms: plan.iterationMs, known: 'given' };
  const pauses = pausesOf(plan.flow, plan.pauseMs, plan.gapMs);
  return {
    ms: pauses + requestsOf[plan.flow] * (requestMs ?? assumedRequestMs),
    known: requestMs === undefined ? 'assumed' : 'measured',
  };
}

const count = (value: number): string => value.toLocaleString('en-US');

/**
 * Computes before a run what it needs of balance and stock, and if that is there.
 *
 * @param prices of the products in the smallest unit, part by part, since each part draws from its own.
 * @param holdings what is there, where nothing is seeded.
 */
export function capacityOf(
  { money }: TargetProfile,
  plan: LoadPlan,
  time: IterationTime,
  prices: readonly (readonly number[])[],
  holdings?: Pick<Holdings, 'balanceLowest' | 'stockLowest'>,
): LoadBudget {
  const inWords = (amount: number): string => groupedInWords(amount, money);
  const largestAmount = Math.max(...prices.flat());
  const iterations = expectedIterations(plan, time.ms);
  const isPaid = plan.flow !== 'order';
  const payments = isPaid ? iterations : 0;
  // Every part has its share of the iterations, but not always of accounts and products.
  const accountsOfParts = Array.from({ length: plan.parts }, (_, part) => shareOf(plan, part, plan.accounts));
  const perAccount = Math.ceil(payments / (plan.parts * Math.min(...accountsOfParts)));
  const productShare = Math.max(...prices.map(busiestShare)) / plan.parts;
  const perProduct = Math.ceil(iterations * productShare);
  const neededPerAccount = Math.ceil(Math.max(1, perAccount * plan.safetyMargin)) * largestAmount;
  const neededPerProduct = Math.ceil(perProduct * plan.safetyMargin) + maxOrderTries;
  const suffices =
    !holdings || (holdings.balanceLowest >= neededPerAccount && holdings.stockLowest >= neededPerProduct);
  const ms = Number(time.ms.toFixed(1));
  const whole = `${count(iterations)} iterations, ${isPaid ? `${count(payments)} payments` : 'nothing is paid'}`;
  const lines = [
    describePace(plan),
    plan.pace.by === 'stages' ? `${ms} ms an iteration (${time.known}): at the most ${whole}` : whole,
    isPaid
      ? `${count(payments)} payments over ${plan.accounts} accounts: ${count(perAccount)} each × ${inWords(largestAmount)} × ` +
        `${plan.safetyMargin} = ${inWords(neededPerAccount)} an account`
      : `orders alone use up no balance: ${inWords(neededPerAccount)} in each of ${plan.accounts} accounts, the largest order`,
    `${count(iterations)} orders over ${plan.products} products: ${count(perProduct)} for the busiest (${percent(productShare)}) × ` +
      `${plan.safetyMargin} + ${maxOrderTries} = ${count(neededPerProduct)} in stock a product`,
    holdings
      ? `there: ${inWords(holdings.balanceLowest)} in the lowest account, ${count(holdings.stockLowest)} in the lowest stock: ` +
        (suffices ? 'that suffices' : 'that is too little')
      : plan.seed
        ? 'accounts and products of its own are seeded so'
        : 'what is there is not known without BASE_URL and DB_HOST',
  ];
  return {
    lines,
    seeded: plan.seed,
    expectedPayments: payments,
    accounts: plan.accounts,
    products: plan.products,
    neededPerAccount,
    neededPerProduct,
    ...(holdings && { lowestBalance: holdings.balanceLowest, lowestStock: holdings.stockLowest }),
    margin: plan.safetyMargin,
    suffices,
  };
}

/**
 * Returns the SQL that gives accounts and products what a run needs, for people to run; empty where nothing is lacking.
 */
export function curingSql(
  { money, tables }: TargetProfile,
  { userIds, productIds }: Pick<LoadPlan, 'userIds' | 'productIds'>,
  needed: { readonly balance?: number; readonly stock?: number },
): string {
  const { products } = tables;
  const balances = neededOf(tables.balances, 'balances');
  const update = 'UPDATE ?? SET ?? = ? WHERE ?? BETWEEN ? AND ? AND ?? < ?';
  const { first, last } = userIds;
  const balance = needed.balance === undefined ? undefined : raw(String(moneyCodec(money).toTable(needed.balance)));
  return [
    ...(balance === undefined
      ? []
      : [
          format(update, [
            ...[balances.table, balances.balance, balance, balances.userId, first, last],
            ...[balances.balance, balance],
          ]),
        ]),
    ...(needed.stock === undefined
      ? []
      : [
          format(update, [
            ...[products.table, products.stock, needed.stock, products.id, productIds.first, productIds.last],
            ...[products.stock, needed.stock],
          ]),
        ]),
  ]
    .map((statement) => `${statement};`)
    .join('\n');
}
