import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { answeredFacts, type AnsweredFacts } from '../../../helpers/ledger/answered-facts.ts';
import * as conservation from '../../../helpers/ledger/check-conservation.ts';
import * as ledger from '../../../helpers/ledger/check-ledger.ts';
import type { LedgerBreach } from '../../../helpers/ledger/ledger-breach.ts';
import type { LedgerSnapshot } from '../../../helpers/ledger/ledger-snapshot.ts';
import { afterPayment as sold, beforeAnyOrder as before } from '../support/examples/example-ledger.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { orderAnswer, paymentAnswer } from '../support/examples/exchange-examples.ts';
import { inDecimals } from '../support/examples/target-in-decimals.ts';

const nothing = answeredFacts([]);

/** The answers agree with what was sold. */
const facts: AnsweredFacts = { ...nothing, orders: [orderAnswer()], payments: [paymentAnswer()] };

const [order, payment] = [
  { orderId: 12, userId: 1, total: 50_000, status: 'COMPLETED' },
  { paymentId: 7, orderId: 12, userId: 1, amount: 50_000 },
];

/** Order 12 is placed and not paid. */
const placed: LedgerSnapshot = { ...before, orders: [{ ...order, status: 'PENDING' }], items: sold.items };

const sentences = (breaches: readonly LedgerBreach[]): string[] => breaches.map(({ sentence }) => sentence);
const checkLedger = (...given: Parameters<typeof ledger.checkLedger>) => sentences(ledger.checkLedger(...given));
const checkConservation = (...given: Parameters<typeof conservation.checkConservation>) =>
  sentences(conservation.checkConservation(...given));
const checkNobodyBelowZero = (snapshot: LedgerSnapshot) =>
  sentences(conservation.checkNobodyBelowZero(reference, snapshot));

const check = (after: Partial<LedgerSnapshot>, answered: Partial<AnsweredFacts> = {}): string[] =>
  checkLedger(reference, before, { ...sold, ...after }, { ...facts, ...answered });

const takingAtOrder = { ...reference, policies: { ...reference.policies, stockIsTakenAt: 'order' } } as const;

test.describe('ledger', () => {
  test('several rows of a user are several balances, whose sum is the money', () => {
    const rows = (...balances: readonly number[]) => balances.map((balance) => ({ userId: 1, balance }));
    const [{ balance } = { balance: 0 }] = sold.accounts;
    expect(check({ accounts: rows(balance - 300, 300) })).toEqual([
      `user 1 has 2 balances: ${balance - 300} won, 300 won`,
    ]);
    expect(check({ accounts: rows(balance, 300) })).toEqual([
      expect.stringContaining(`but the balance is ${balance + 300} (+300)`),
      `user 1 has 2 balances: ${balance} won, 300 won`,
    ]);
  });

  test('amounts are said as the target writes them', () => {
    const of = (after: Partial<LedgerSnapshot>): string[] =>
      checkLedger(inDecimals, before, { ...sold, ...after }, facts);
    expect(of({ accounts: [{ userId: 1, balance: -5 }], payments: [{ ...payment, amount: 1 }] })).toEqual([
      'user 1 is below zero: balance -0.05',
      'money of user 1 is not conserved: 10000.00 before, +0.00 charged, -0.01 in payments makes 9999.99, ' +
        'but the balance is -0.05 (-10000.04)',
      'order 12 (COMPLETED, total 500.00) of user 1 was paid as {"paymentId":7,"orderId":12,"userId":1,"amount":"0.01"}',
      'answered payment 7 says 500.00, but its row holds 0.01',
    ]);
    const orders = [{ ...order, subtotal: 40_000 }];
    const items = [{ orderId: 12, productId: 3, quantity: 1, subtotal: 50_000 }];
    expect(of({ orders, items, payments: [payment, { ...payment, paymentId: 8, orderId: 99, amount: 0 }] })).toEqual([
      'order 12 (COMPLETED, subtotal 400.00) has lines of 500.00 together: ' +
        '[{"orderId":12,"productId":3,"quantity":1,"subtotal":"500.00"}]',
      'payment of a foreign order: {"paymentId":8,"orderId":99,"userId":1,"amount":"0.00"}',
      'payment that no answer names: {"paymentId":8,"orderId":99,"userId":1,"amount":"0.00"}',
    ]);
  });

  test('paid order, pending order and no order are all in order', () => {
    expect(check({})).toEqual([]);
    expect(checkLedger(reference, before, placed, { ...nothing, orders: facts.orders })).toEqual([]);
    expect(checkLedger(reference, before, before, nothing)).toEqual([]);
  });

  test('order from before the run may be paid during it', () => {
    expect(checkLedger(reference, placed, sold, { ...nothing, payments: facts.payments })).toEqual([]);
  });

  test('order lines must add up to the subtotal where the tables have both', () => {
    const orders = [{ ...order, subtotal: 60_000 }];
    const line = { orderId: 12, productId: 3, quantity: 1, subtotal: 60_000 };
    expect(check({ orders, items: [line] })).toEqual([]);
    expect(check({ orders })).toEqual([]);
    expect(check({ items: [line] })).toEqual([]);
    const wrong = { ...line, subtotal: 30_000 };
    expect(check({ orders, items: [wrong] })).toEqual([
      `order 12 (COMPLETED, subtotal 60000) has lines of 30000 together: ${JSON.stringify([wrong])}`,
    ]);
  });

  test('cancelled order takes no money and no stock', () => {
    const cancelled = { ...placed, orders: [{ ...order, status: 'CANCELLED' }] };
    expect(checkLedger(reference, before, cancelled, { ...nothing, orders: facts.orders })).toEqual([]);
    expect(checkLedger(takingAtOrder, before, cancelled, { ...nothing, orders: facts.orders })).toEqual([]);
  });

  test('100,000 orders, as many as a long run places, are checked within the time-out', () => {
    const ids = Array.from({ length: 100_000 }, (_, nth) => nth + 1);
    const after: LedgerSnapshot = {
      accounts: ids.map((userId) => ({ userId, balance: 950_000 })),
      products: ids.map((productId) => ({ productId, stock: 9 })),
      orders: ids.map((id) => ({ ...order, orderId: id, userId: id })),
      items: ids.map((id) => ({ orderId: id, productId: id, quantity: 1 })),
      payments: ids.map((id) => ({ ...payment, paymentId: id, orderId: id, userId: id })),
    };
    const opening: LedgerSnapshot = {
      ...before,
      accounts: ids.map((userId) => ({ userId, balance: 1_000_000 })),
      products: ids.map((productId) => ({ productId, stock: 10 })),
    };
    const answered: AnsweredFacts = {
      ...nothing,
      orders: ids.map((id) => orderAnswer({ orderId: id, userId: id })),
      payments: ids.map((id) => paymentAnswer({ paymentId: id, orderId: id })),
    };
    expect(checkLedger(reference, opening, after, answered)).toEqual([]);
    expect(checkLedger(reference, opening, after, nothing)).toHaveLength(200_000);
  });

  test('balance that does not follow from the payments or is below 0 is a problem', () => {
    expect(check({ accounts: [{ userId: 1, balance: 900_000 }] })).toEqual([
      'money of user 1 is not conserved: 1000000 before, +0 charged, -50000 in payments makes 950000, but the balance is 900000 (-50000)',
    ]);
    expect(check({ accounts: [{ userId: 1, balance: 1_000_000 }] })).toEqual([
      expect.stringMatching(/^money of user 1 is not conserved: .* but the balance is 1000000 \(\+50000\)$/),
    ]);
    expect(check({ accounts: [{ userId: 1, balance: -1 }] })).toEqual([
      'user 1 is below zero: balance -1',
      expect.stringMatching(/^money of user 1 is not conserved/),
    ]);
  });

  test('unfinished payment is no problem for the check that nobody is below 0, an overdraft is', () => {
    const reserved = { ...placed, accounts: sold.accounts, products: sold.products };
    expect(checkConservation(reference, before, reserved)).toHaveLength(2);
    expect(checkNobodyBelowZero(reserved)).toEqual([]);
    const overdrawn = { ...reserved, accounts: [{ userId: 1, balance: -1 }], products: [{ productId: 3, stock: -2 }] };
    expect(checkNobodyBelowZero(overdrawn)).toEqual([
      'user 1 is below zero: balance -1',
      'product 3 is oversold: stock -2',
    ]);
  });

  test('answered top-up missing from the balance, or an unanswered one in it, is a problem', () => {
    const deposits = new Map([[1, 10_000]]);
    expect(check({ accounts: [{ userId: 1, balance: 960_000 }] }, { deposits })).toEqual([]);
    expect(check({}, { deposits })).toEqual([expect.stringMatching(/\+10000 charged, .* \(-10000\)$/)]);
    expect(check({ accounts: [{ userId: 1, balance: 960_000 }] })).toHaveLength(1);
    expect(check({}, { deposits: new Map([[2, 10_000]]) })).toEqual([]);
  });

  test('stock that does not follow from the orders or is below 0 is a problem', () => {
    expect(check({ products: [{ productId: 3, stock: 8 }] })).toEqual([
      'stock of product 3 is not conserved: 10 before, -1 in orders makes 9, but the stock is 8 (-1)',
    ]);
    expect(check({ products: [{ productId: 3, stock: -1 }] })).toEqual([
      'product 3 is oversold: stock -1',
      expect.stringMatching(/^stock of product 3 is not conserved/),
    ]);
    expect(check({ items: [{ orderId: 12, productId: 3, quantity: 2 }] })).toEqual([
      expect.stringMatching(/-2 in orders makes 8, but the stock is 9 \(\+1\)$/),
    ]);
  });

  test('pending orders take stock where stock is taken at the order', () => {
    const answered = { ...nothing, orders: facts.orders };
    const reserved = { ...placed, products: [{ productId: 3, stock: 9 }] };
    expect(checkLedger(takingAtOrder, before, reserved, answered)).toEqual([]);
    expect(checkLedger(takingAtOrder, before, sold, facts)).toEqual([]);
    expect(checkLedger(takingAtOrder, reserved, sold, facts)).toEqual([]);
    expect(checkLedger(takingAtOrder, before, placed, answered)).toEqual([expect.stringMatching(/^stock .* \(\+1\)$/)]);
    expect(checkLedger(reference, before, reserved, answered)).toEqual([expect.stringMatching(/^stock .* \(-1\)$/)]);
  });

  test('order with 2 payments is a problem', () => {
    const twice = { payments: [payment, { ...payment, paymentId: 8 }], accounts: [{ userId: 1, balance: 900_000 }] };
    expect(check(twice)).toEqual([
      `order 12 (COMPLETED, total 50000) has 2 payments: ${JSON.stringify(twice.payments)}`,
    ]);
    expect(checkLedger(reference, placed, { ...sold, ...twice }, facts)).toHaveLength(1);
    expect(checkLedger(reference, sold, { ...sold, ...twice }, nothing)).toEqual([
      expect.stringMatching(/^order 12 .* has 2 payments/),
      expect.stringMatching(/^payment that no answer names/),
    ]);
  });

  for (const [what, after, problems] of [
    [
      'paid order without a payment',
      { payments: [], accounts: before.accounts },
      ['order 12 (COMPLETED, total 50000) has no payment', 'answered payment has no such row: {"paymentId":7'],
    ],
    [
      'payment of an unpaid order',
      { orders: placed.orders, products: before.products },
      ['order 12 (PENDING, total 50000) has payment [{"paymentId":7'],
    ],
    [
      "payment of another amount than the order's total",
      { payments: [{ ...payment, amount: 1 }], accounts: [{ userId: 1, balance: 999_999 }] },
      [
        'order 12 (COMPLETED, total 50000) of user 1 was paid as {',
        'answered payment 7 says 50000 won, but its row holds 1',
      ],
    ],
    [
      "payment by another user than the order's",
      { payments: [{ ...payment, userId: 2 }], accounts: before.accounts },
      ['order 12 (COMPLETED, total 50000) of user 1 was paid as {"paymentId":7,"orderId":12,"userId":2'],
    ],
    [
      'order without lines',
      { items: [], products: before.products },
      ['order 12 (COMPLETED, total 50000) has no lines'],
    ],
    [
      'payment of an unknown order',
      {
        payments: [payment, { paymentId: 8, orderId: 99, userId: 1, amount: 1 }],
        accounts: [{ userId: 1, balance: 949_999 }],
      },
      ['payment of a foreign order: {"paymentId":8', 'payment that no answer names: {"paymentId":8'],
    ],
  ] as const) {
    test(`${what} is a problem`, () => {
      expect(check(after)).toEqual(problems.map((problem) => expect.stringContaining(problem)));
    });
  }
});
