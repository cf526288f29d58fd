import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { setCurrentTarget } from '../../../helpers/profile/current-target.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { failureOf, orderAnswer, ordered, paid, refused, unaffordable } from '../support/examples/exchange-examples.ts';
import { inDecimals } from '../support/examples/target-in-decimals.ts';

const order = orderAnswer();

/** Returns the promise and the problems of a failed matcher. */
const saidIn = (act: () => void): string[] =>
  failureOf(act)
    .split('\n')
    .flatMap((line) => /^(?:Expected: | {2}- )(.*)$/.exec(line)?.[1] ?? []);

test.describe('matchers for a target that writes decimals', () => {
  test.beforeEach(() => {
    setCurrentTarget(inDecimals);
  });

  test.afterEach(() => {
    setCurrentTarget(reference);
  });

  test('toBePaid says amounts in decimals', () => {
    expect(
      saidIn(() => {
        expect(paid({ paidAmount: 49_999 })).toBePaid(order, { remainingBalance: 7 });
      }),
    ).toEqual(['order 12 paid with 500.00, 0.07 left', 'it says 499.99 were paid', 'it says 9500.00 are left']);
  });

  test('toBeRefusedFor finds the amounts of a refusal in whole units and in decimals', () => {
    const stating = { ...inDecimals, policies: { ...inDecimals.policies, refusalsStateAmounts: true } };
    setCurrentTarget(stating);
    const amounts = { required: 50_000, available: 1_050 };
    const said = (message: string, details: object = {}): string[] =>
      saidIn(() => {
        const error = { code: 'PAY001', message, ...details };
        expect(refused('pay', 409, error, stating)).toBeRefusedFor('balance', amounts);
      });
    expect(said('Insufficient balance: 500.00 wanted, 10.50 there')).toEqual([]);
    expect(said('Insufficient balance', { wanted: 500, there: 10.5 })).toEqual([]);
    expect(said('Insufficient balance (required: 500, available: 11)')).toContain('it says available 11.00');
    expect(said('Insufficient balance')).toContain('it does not say what was required');
  });

  test('toBeOnePayment says the total in decimals', () => {
    expect(
      saidIn(() => {
        expect([]).toBeOnePayment(order);
      }),
    ).toEqual(['one payment of order 12, 500.00, among 0 requests', 'none of them paid']);
  });

  test('toBeOrdered says prices and sums in decimals', () => {
    const items = [{ productId: 3, quantity: 1, unitPrice: 40_000, subtotal: 40_000 }];
    const lines = [{ productId: 3, quantity: 1, price: 50_000 }];
    expect(
      saidIn(() => {
        expect(ordered({ items, subtotalAmount: 1, totalAmount: 2 })).toBeOrdered({ userId: 1, lines });
      }),
    ).toEqual([
      'a pending order of user 1: 1 × product 3 at 500.00',
      'line {"productId":3,"quantity":1,"unitPrice":"400.00","subtotal":"400.00"} does not follow from the price 500.00',
      'its subtotal is 0.01 instead of 500.00',
      'its total is 0.02, not 0.01 - 0.00',
    ]);
  });

  test('toBeRefusedFor says what a balance lacks in decimals, and what a stock lacks in pieces', () => {
    expect(
      saidIn(() => {
        expect(paid()).toBeRefusedFor('balance', { required: 50_000, available: 1_000 });
      })[0],
    ).toBe('refused for balance (409), required 500.00, available 10.00');
    expect(
      saidIn(() => {
        expect(unaffordable()).toBeRefusedFor('stock', { required: 2, available: 1 });
      })[0],
    ).toBe('refused for stock (409), required 2, available 1');
    expect(refused('pay', 409, { code: 'PAY001' })).toBeRefusedFor('balance', { required: 50_000 });
  });
});
