import { expect, test } from '@playwright/test';
import { plainDifference } from '../../../../helpers/findings/deviations/plain-difference.ts';
import { failureOf } from '../../support/examples/exchange-examples.ts';

const told = (run: () => void): string => plainDifference(failureOf(run));

test.describe('plain difference', () => {
  test('says what was expected and what was seen, in one line', () => {
    expect(
      told(() => {
        expect(10).toBe(8);
      }),
    ).toBe('expected 8, seen 10');
  });

  test('names the lists whose values differ', () => {
    const state = { balances: [90_000], stock: [1], payments: [10_000] };
    expect(
      told(() => {
        expect(state).toEqual({ balances: [80_000], stock: [1], payments: [20_000] });
      }),
    ).toBe('expected "balances": [80000], "payments": [20000], seen "balances": [90000], "payments": [10000]');
  });

  test('lists are shown whole, where others begin in the midst of them', () => {
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

  test('of objects in lists names what differs of them', () => {
    const items = (quantity: number): object => ({ orderId: 7, items: [{ productId: 1, quantity }, { productId: 2 }] });
    expect(
      told(() => {
        expect(items(1)).toEqual(items(5));
      }),
    ).toBe('expected "items": "quantity": 5, seen "items": "quantity": 1');
  });

  test('of what must not be says that it is', () => {
    expect(
      told(() => {
        expect('in-progress').not.toBe('in-progress');
      }),
    ).toBe('expected not "in-progress", and it is');
  });

  test('begins with the remark of the assertion, which says which of many it was', () => {
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

  test('of long lists of which the error shows a part says what is beyond the expected', () => {
    const many = Array.from({ length: 30 }, (_, nth) => nth);
    expect(
      told(() => {
        expect([...many, 29, 29], 'balances').toEqual(many);
      }),
    ).toBe('balances: beyond what was expected 29, 29');
  });

  test('remark of what is not so is all that is said', () => {
    expect(
      told(() => {
        expect(false, 'the order has no time').toBe(true);
      }),
    ).toBe('the order has no time');
  });

  test('of a value that is none of the allowed ones says which these are', () => {
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

  test('long values are cut before the place where they differ, and not behind it', () => {
    const long = (won: number): string => `${'x'.repeat(1000)} ${won} won`;
    const difference = told(() => {
      expect(long(8)).toBe(long(10));
    });
    expect(difference).toMatch(/^expected …x+ 10 won", seen …x+ 8 won"$/);
  });

  test('of an error without values is its first line', () => {
    expect(plainDifference('Error: connect ECONNREFUSED\n    at somewhere')).toBe('Error: connect ECONNREFUSED');
  });
});
