import { expect, test } from '@playwright/test';
import { capacityOf, curingSql, iterationTime } from '../../../../helpers/load/plan/capacity.ts';
import { Goods } from '../../../../helpers/load/prepare/goods.ts';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { seededPrices } from '../../../../helpers/load/prepare/load-stock.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

const planOf = (environment: Parameters<typeof parseSettings>[0]): Promise<LoadPlan> =>
  loadPlan(parseSettings({ LOAD_PROFILE: 'payment-process', ...environment }), 1);

const iterations = (count: number): Promise<LoadPlan> => planOf({ LOAD_ITERATIONS: String(count) });

/** Ten products at one price: each gets a tenth of the orders. */
const even = [new Array<number>(10).fill(50_000)];

const time = { ms: 1208, known: 'assumed' } as const;

test.describe('load capacity', () => {
  test('iteration time is pauses plus requests, assumed, measured or given', async () => {
    const plan = await planOf({});
    expect(iterationTime(plan)).toEqual({ ms: 1200 + 4 * 2, known: 'assumed' });
    expect(iterationTime(plan, 10)).toEqual({ ms: 1240, known: 'measured' });
    expect(iterationTime({ ...plan, flow: 'order' }, 10)).toEqual({ ms: 1010, known: 'measured' });
    expect(iterationTime({ ...plan, flow: 'pay-at-once' }, 10)).toEqual({ ms: 1020, known: 'measured' });
    expect(iterationTime({ ...plan, iterationMs: 7 }, 10)).toEqual({ ms: 7, known: 'given' });
  });

  test('need per account and product follows from iterations, largest amount and margin', async () => {
    expect(capacityOf(reference, await iterations(1000), time, even)).toMatchObject({
      expectedPayments: 1000,
      accounts: 100,
      products: 10,
      neededPerAccount: 10 * 2 * 50_000,
      neededPerProduct: 100 * 2 + 3,
      margin: 2,
      seeded: true,
      suffices: true,
    });
  });

  test('fractions of payments and pieces are rounded up', async () => {
    const plan = { ...(await iterations(1001)), safetyMargin: 1.1 };
    // 11 payments × 1.1 are 12.1.
    expect(capacityOf(reference, plan, time, even)).toMatchObject({
      neededPerAccount: 13 * 50_000,
      neededPerProduct: 112 + 3,
    });
  });

  test('orders without payments need stock and a balance for 1 order', async () => {
    const budget = capacityOf(reference, { ...(await iterations(1000)), flow: 'order' }, time, even);
    expect(budget).toMatchObject({ expectedPayments: 0, neededPerAccount: 50_000, neededPerProduct: 203 });
  });

  test('product at a rare amount gets more than an even share of the orders', async () => {
    const plan = await iterations(1000);
    // 3, 3, 2 and 2 products at four amounts: one of two gets an eighth.
    expect(seededPrices(plan)).toEqual([[1, 2, 3, 5, 1, 2, 3, 5, 1, 2].map((amount) => amount * 10_000)]);
    expect(capacityOf(reference, plan, time, seededPrices(plan)).neededPerProduct).toBe(125 * 2 + 3);
    const goods = new Goods(
      [1],
      (seededPrices(plan)[0] ?? []).map((price, index) => ({ productId: index + 1, price })),
    );
    const drawn = new Map<unknown, number>();
    for (let draw = 0; draw < 40_000; draw += 1) {
      const { productId } = goods.nextProduct();
      drawn.set(productId, (drawn.get(productId) ?? 0) + 1);
    }
    // Of 5,000 expected, nine standard deviations away.
    expect(Math.abs(Math.max(...drawn.values()) - 5000)).toBeLessThan(600);
    // Each of two parts has half of the orders, but the one with 3 of 7 accounts and 5 of 10 products has less to pay from.
    const halves = { ...plan, parts: 2, accounts: 7 };
    expect(capacityOf(reference, halves, time, seededPrices(halves))).toMatchObject({
      neededPerAccount: 167 * 2 * 50_000,
      neededPerProduct: 125 * 2 + 3,
    });
  });

  test('stages count the iterations that fit into their time, and 1 more for each user', async () => {
    const plan = await planOf({ LOAD_STAGES: '0s:100,60s:100' });
    expect(capacityOf(reference, plan, { ms: 1200, known: 'measured' }, even)).toMatchObject({
      // 100 users × 60 s / 1.2 s, and one more each that is under way.
      expectedPayments: 5100,
      neededPerAccount: 51 * 2 * 50_000,
    });
  });

  test('arithmetic of orders without payments mentions no payments', async () => {
    const { lines } = capacityOf(reference, { ...(await iterations(1000)), flow: 'order' }, time, even);
    expect(lines.slice(1, 4)).toEqual([
      '1,000 iterations, nothing is paid',
      'orders alone use up no balance: 50,000 won in each of 100 accounts, the largest order',
      '1,000 orders over 10 products: 100 for the busiest (10.00 %) × 2 + 3 = 203 in stock a product',
    ]);
  });

  test('arithmetic is shown line by line', async () => {
    const { lines } = capacityOf(reference, await planOf({ LOAD_STAGES: '0s:100,60s:100' }), time, even);
    expect(lines).toEqual([
      'virtual users in stages: 0ms → 100, 1m → 100 (1m)',
      '1208 ms an iteration (assumed): at the most 5,067 iterations, 5,067 payments',
      '5,067 payments over 100 accounts: 51 each × 50,000 won × 2 = 5,100,000 won an account',
      '5,067 orders over 10 products: 507 for the busiest (10.00 %) × 2 + 3 = 1,017 in stock a product',
      'accounts and products of its own are seeded so',
    ]);
  });

  test('balance or stock 1 below the need does not suffice', async () => {
    const plan = { ...(await iterations(1000)), seed: false };
    const suffices = (balanceLowest: number, stockLowest: number) =>
      capacityOf(reference, plan, time, even, { balanceLowest, stockLowest });
    expect(suffices(1_000_000, 203)).toMatchObject({ suffices: true, lowestBalance: 1_000_000, lowestStock: 203 });
    expect(suffices(999_999, 203).suffices).toBe(false);
    expect(suffices(1_000_000, 202).suffices).toBe(false);
    expect(suffices(500, 7).lines.at(-1)).toBe(
      'there: 500 won in the lowest account, 7 in the lowest stock: that is too little',
    );
  });

  test('SQL raises only balances and stock that are below the need', async () => {
    const plan = await planOf({ USER_IDS: '1-100', PRODUCT_IDS: '1-10' });
    expect(curingSql(reference, plan, { balance: 1_000_000, stock: 203 }).split('\n')).toEqual([
      'UPDATE `user_balance` SET `balance` = 1000000 WHERE `user_id` BETWEEN 1 AND 100 AND `balance` < 1000000;',
      'UPDATE `products` SET `stock` = 203 WHERE `id` BETWEEN 1 AND 10 AND `stock` < 203;',
    ]);
    expect(curingSql(reference, plan, { stock: 203 })).toMatch(/^UPDATE `products` [^\n]+;$/);
    expect(curingSql(reference, plan, {})).toBe('');
  });

  test('SQL writes amounts in the form of the tables', async () => {
    const money = { decimals: 2, inJson: 'decimal-string', inTables: 'decimal' } as const;
    expect(curingSql({ ...reference, money }, await planOf({ USER_IDS: '1-9' }), { balance: 1_000_050 })).toBe(
      'UPDATE `user_balance` SET `balance` = 10000.50 WHERE `user_id` BETWEEN 1 AND 9 AND `balance` < 10000.50;',
    );
  });

  test('SQL escapes names of tables and columns', async () => {
    const balances = { table: 'a`; DROP TABLE b; --', userId: 'user id', balance: '`' };
    const profile = { ...reference, tables: { ...reference.tables, balances } };
    expect(curingSql(profile, await planOf({ USER_IDS: '7' }), { balance: 5 })).toBe(
      'UPDATE `a``; DROP TABLE b; --` SET ```` = 5 WHERE `user id` BETWEEN 7 AND 7 AND ```` < 5;',
    );
  });
});
