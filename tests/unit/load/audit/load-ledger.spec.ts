import { expect, test } from '@playwright/test';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { Books } from '../../../../helpers/load/audit/load-rows.ts';
import type { OddOrder } from '../../../../helpers/load/audit/read-odd-orders.ts';
import { answersAlone, auditLoad, noLedger } from '../../../../helpers/load/audit/load-ledger.ts';
import { counted } from '../../support/examples/example-load-part.ts';

const account = { userId: 1, balance: 1_000_000, orders: 0, payments: 0, paid: 0 };
const product = { productId: 3, price: 50_000, stock: 100, taken: 0 };

const opening: Books = { accounts: [account, { ...account, userId: 2 }], products: [product] };

/** Returns the tables after a number of payments of 50,000 won by user 1, with changes. */
const closing = (
  payments: number,
  changes: { readonly account?: Partial<typeof account>; readonly product?: Partial<typeof product> } = {},
): Books => ({
  accounts: [
    {
      ...account,
      balance: 1_000_000 - payments * 50_000,
      orders: payments,
      payments,
      paid: payments * 50_000,
      ...changes.account,
    },
    { ...account, userId: 2 },
  ],
  products: [{ ...product, stock: 100 - payments, taken: payments, ...changes.product }],
});

const problemsOf = (
  after: Books,
  counts: Parameters<typeof counted>[0],
  oddOrders: readonly OddOrder[] = [],
): string[] => auditLoad(reference, opening, after, counted(counts), oddOrders).ledger.problems;

const paidTwice: OddOrder = {
  check: 'several-payments',
  sentence: 'order 7 has 2 payments',
  ...{ orderId: 7, userId: 1, payments: 2, expected: 50_000, seen: 100_000 },
};

test.describe('load ledger', () => {
  test('tables that add up have no problems', () => {
    expect(
      auditLoad(reference, opening, closing(4), counted({ payments_made: 4, unknown_resolved: 1 }), []).ledger,
    ).toEqual({
      audited: true,
      accounts: 2,
      products: 1,
      paymentsInTables: 4,
      paymentsAnswered: 3,
      unknownResolved: 1,
      unknownLeft: 0,
      problems: [],
    });
    expect(problemsOf(opening, {})).toEqual([]);
  });

  test('balance off by 1 won is reported as money not conserved', () => {
    expect(problemsOf(closing(4, { account: { balance: 800_001 } }), { payments_made: 4 })).toEqual([
      'money of user 1 is not conserved: 1000000 before, -200000 in payments makes 800000, but the balance is 800001 (+1)',
    ]);
    expect(problemsOf(closing(4, { account: { balance: 799_999 } }), { payments_made: 4 })[0]).toContain('(-1)');
  });

  test('stock off by 1 piece is reported as stock not conserved', () => {
    expect(problemsOf(closing(4, { product: { stock: 97 } }), { payments_made: 4 })).toEqual([
      'stock of product 3 is not conserved: 100 before, -4 sold makes 96, but 97 are there (+1)',
    ]);
  });

  test('balance or stock below zero is reported although it adds up', () => {
    const after = closing(30, { account: { balance: -500_000 } });
    expect(problemsOf(after, { payments_made: 30 })).toEqual(['user 1 is below zero: -500,000 won']);
    const oversold = closing(101, { account: { balance: 1_000_000, paid: 0 } });
    expect(problemsOf(oversold, { payments_made: 101 })).toEqual(['product 3 is oversold: stock -1']);
  });

  test('more payments in the tables than answered are reported', () => {
    expect(problemsOf(closing(4), { payments_made: 3 })).toEqual(['4 payments are in the tables, but 3 were answered']);
  });

  test('answered payments that are missing in the tables are reported', () => {
    expect(problemsOf(closing(4), { payments_made: 5, unknown_left: 3 })).toEqual([
      '4 payments are in the tables, but 5 were answered and 3 stayed open',
    ]);
  });

  test('surplus payments are accepted up to the number of payments left open', () => {
    for (const made of [2, 3, 4])
      expect.soft(problemsOf(closing(4), { payments_made: made, unknown_left: 2 }), String(made)).toEqual([]);
    expect(problemsOf(closing(4), { payments_made: 1, unknown_left: 2 })).toHaveLength(1);
  });

  test('payments from before the run are not counted', () => {
    const before = closing(4);
    expect(auditLoad(reference, before, closing(10), counted({ payments_made: 6 }), []).ledger).toMatchObject({
      paymentsInTables: 6,
      problems: [],
    });
  });

  test('problems of single orders are passed on', () => {
    expect(problemsOf(closing(1), { payments_made: 1 }, [paidTwice])).toEqual(['order 7 has 2 payments']);
  });

  test('breaches have a kind, ids and numbers, and those of orders come first', () => {
    const after = closing(4, { account: { balance: -1 }, product: { stock: 97 } });
    expect(auditLoad(reference, opening, after, counted({ payments_made: 4 }), [paidTwice]).breaches).toMatchObject([
      { check: 'several-payments', orderId: 7 },
      { check: 'below-zero', userId: 1, seen: -1 },
      { check: 'money', userId: 1, expected: 800_000, seen: -1 },
      { check: 'stock', productId: 3, expected: 96, seen: 97 },
    ]);
  });

  test('surplus payments are a breach of their own unless orders paid twice explain them', () => {
    const checksOf = (payments: number): string[] =>
      auditLoad(reference, opening, closing(4), counted({ payments_made: payments }), [paidTwice]).breaches.map(
        ({ check }) => check,
      );
    expect(checksOf(3)).toEqual(['several-payments']);
    expect(checksOf(2)).toEqual(['several-payments', 'payment-not-answered']);
    expect(checksOf(5)).toEqual(['several-payments', 'answered-payment-missing']);
  });

  test('balance or stock below zero in API answers is a breach without a database, unless it was so before the run', () => {
    const shown = { accountsShort: 0, balanceLowest: 0, productsSoldOut: 0, stockLowest: 3 };
    const after = { ...shown, balanceLowest: -500, stockLowest: -2 };
    const of = (depletion: Parameters<typeof answersAlone>[3]) =>
      answersAlone(reference, { accounts: [], products: [] }, counted({}), depletion);
    expect(of({ before: shown, after })).toMatchObject({
      ledger: { audited: false, problems: ['the API shows a balance of -500 won', 'the API shows a stock of -2'] },
      breaches: [{ check: 'below-zero' }, { check: 'oversold' }],
    });
    expect(of({ before: after, after }).breaches).toEqual([]);
    expect(of(undefined).breaches).toEqual([]);
  });

  test('noLedger is not audited and has no problems', () => {
    expect(noLedger).toMatchObject({ audited: false, problems: [] });
  });
});
