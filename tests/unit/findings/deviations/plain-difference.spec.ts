import { expect, test } from '@playwright/test';
import { plainDifference } from '../../../../helpers/findings/deviations/plain-difference.ts';
import { failureOf } from '../../support/examples/exchange-examples.ts';

const told = (run: () => void): string => plainDifference(failureOf(run));

test.describe('plain difference', () => {
  test('expected and seen value are shown in one line', () => {
    expect(
      told(() => {
        expect(10).toBe(8);
      }),
    ).toBe('expected 8, seen 10');
  });

  test('of several lists only those that differ are shown', () => {
    const state = { balances: [90_000], stock: [1], payments: [10_000] };
    expect(
      told(() => {
        expect(state).toEqual({ balances: [80_000], stock: [1], payments: [20_000] });
      }),
    ).toBe('expected "balances": [80000], "payments": [20000], seen "balances": [90000], "payments": [10000]');
  });

  test('lists are shown whole, even if another one begins within them in the diff', () => {
    const difference = told(() => {
      const [before, after] = [
        { balances: [50_000], orders: ['pending'], payments: [] },
        { balances: [30_000], orders: ['paid'], payments: [20_000] },
      ];
      expect(after).toEqual(before);
    });
    expect(difference).toBe(
      'expected "balances": [50000], "orders": ["pending"], "payments": [], ' +
        'seen "balances": [30000], "orders": ["paid"], "payments": [20000]',
    );
    expect(
      told(() => {
        expect([5000, 6000]).toEqual([6000, 5000]);
      }),
    ).toBe('expected [6000, 5000], seen [5000, 6000]');
  });

  test('of objects in a list only the differing fields are shown', () => {
    const items = (quantity: number): object => ({ orderId: 7, items: [{ productId: 1, quantity }, { productId: 2 }] });
    expect(
      told(() => {
        expect(items(1)).toEqual(items(5));
      }),
    ).toBe('expected "items": "quantity": 5, seen "items": "quantity": 1');
  });

  test('negated assertion is shown as expected not, and it is', () => {
    expect(
      told(() => {
        expect('in-progress').not.toBe('in-progress');
      }),
    ).toBe('expected not "in-progress", and it is');
  });

  test('script that a text must not have is shown in words', () => {
    expect(
      told(() => {
        expect('재고 부족', 'message when English is requested').not.toMatch(/\p{Script=Hangul}/u);
      }),
    ).toBe('message when English is requested: expected no Korean text, seen "재고 부족"');
  });

  test('message of the assertion comes first', () => {
    expect(
      told(() => {
        expect(2, 'keys that differ in case').toBe(1);
      }),
    ).toBe('keys that differ in case: expected 1, seen 2');
    expect(
      told(() => {
        expect(2, 'one more, but:').toBe(1);
      }),
    ).toBe('one more, but: expected 1, seen 2');
  });

  test('surplus items of a long list are shown, even if the error shows only a part of it', () => {
    const many = Array.from({ length: 30 }, (_, nth) => nth);
    expect(
      told(() => {
        expect([...many, 29, 29], 'balances').toEqual(many);
      }),
    ).toBe('balances: beyond what was expected 29, 29');
  });

  test('message of an assertion on true is shown alone', () => {
    expect(
      told(() => {
        expect(false, 'the order has no time').toBe(true);
      }),
    ).toBe('the order has no time');
  });

  test('value outside a list of allowed ones is shown with that list', () => {
    expect(
      told(() => {
        expect([{ orders: [] }, { orders: ['paid'] }], 'nothing or all of it').toContainEqual({
          orders: ['cancelled'],
        });
      }),
    ).toBe(
      'nothing or all of it: allowed is one of [{"orders": []}, {"orders": ["paid"]}], seen {"orders": ["cancelled"]}',
    );
  });

  test('long values are shortened before the place where they differ, and not after it', () => {
    const long = (won: number): string => `${'x'.repeat(1000)} ${won} won`;
    const difference = told(() => {
      expect(long(8)).toBe(long(10));
    });
    expect(difference).toMatch(/^expected …x+ 10 won", seen …x+ 8 won"$/);
  });

  test('error without values is shown as its first line', () => {
    expect(plainDifference('Error: connect ECONNREFUSED\n    at somewhere')).toBe('Error: connect ECONNREFUSED');
  });
});
