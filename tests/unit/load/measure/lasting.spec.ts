import { expect, test } from '@playwright/test';
import { HoldingsSampler } from '../../../../helpers/load/run/holdings-sampler.ts';
import type { SeenHoldings } from '../../../../helpers/load/audit/holdings-view.ts';
import { lasting } from '../../../../helpers/load/measure/lasting.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { exampleBudget, exampleMoment, examplePart } from '../../support/example-load-part.ts';

/** A sampler that sees these, one look after the other. */
const samplerOf = (...seen: readonly SeenHoldings[]): HoldingsSampler => {
  const looks = seen.values();
  return new HoldingsSampler({
    holdings: () => {
      const { value } = looks.next();
      return value ? Promise.resolve(value) : Promise.reject(new Error('one look too many'));
    },
  });
};

test.describe('how long balance and stock last', () => {
  test('is what is left at the rate at which it went down', () => {
    expect(lasting({ balanceTotal: 1000, stockTotal: 50 }, { balanceTotal: 400, stockTotal: 40 }, 30)).toEqual({
      balance: 20,
      stock: 120,
    });
  });

  test('is the time until the lowest is gone, where that is before all the others', () => {
    const before = { balanceLowest: 300, balanceTotal: 10_000, stockLowest: 90, stockTotal: 100 };
    const after = { balanceLowest: 100, balanceTotal: 9000, stockLowest: 89, stockTotal: 90 };
    expect(lasting(before, after, 10)).toEqual({ balance: 5, stock: 90 });
  });

  test('is not known of what stays or grows, or without time between', () => {
    const before = { balanceLowest: 5, balanceTotal: 10 };
    expect(lasting(before, { balanceLowest: 5, balanceTotal: 11 }, 10)).toEqual({});
    expect(lasting(before, { balanceLowest: 5, balanceTotal: 5 }, 10)).toEqual({ balance: 10 });
    expect(lasting(before, { balanceLowest: 1, balanceTotal: 1 }, 0)).toEqual({});
    expect(lasting({}, before, 10)).toEqual({});
  });

  test('is told after a run, from the first to the last moment in which somebody looked', () => {
    const moments = [
      exampleMoment(0),
      exampleMoment(10, { balanceLowest: 1000, balanceTotal: 1_000_000, stockTotal: 500 }),
      exampleMoment(20, { balanceLowest: 900, balanceTotal: 999_000, stockTotal: 400 }),
      exampleMoment(21),
    ];
    const { budget } = mergeParts([examplePart({ budget: exampleBudget, moments })]);
    expect(budget?.lines.at(-1)).toBe('at the rate of this run, what is left lasts: the balance 1m30s, the stock 40s');
  });

  test('is told during a run of whatever is gone first', async () => {
    const sampler = samplerOf(
      { balanceLowest: 1000, balanceTotal: 1_000_000, stockLowest: 9, stockTotal: 90 },
      { balanceLowest: 0, balanceTotal: 999_000, stockLowest: 9, stockTotal: 90 },
    );
    await sampler.look();
    expect(sampler.lastsSeconds).toBeUndefined();
    await sampler.look();
    expect(sampler.lastsSeconds).toBe(0);
  });
});
