import { expect, test } from '@playwright/test';
import { additionsTo, explainedBy, LeaseState } from '../../../../helpers/seeding/leases/lease-state.ts';

const maxAmount = Number.MAX_SAFE_INTEGER;

/** Returns what top-ups under one key, answered one after the other, and SQL have added to a leased user. */
const additionsOf = (
  outcomes: readonly string[],
  { amount = 5_000, bySql = [] }: { amount?: number; bySql?: readonly number[] } = {},
) => {
  const state = new LeaseState();
  state.apply({ event: 'user', id: 1, found: { balance: 1_000_000, orders: [], keys: {} } });
  for (const added of bySql) {
    const nth = state.nextNth();
    state.apply({ event: 'adding', to: 'balance', id: 1, amount: added, nth });
    state.apply({ event: 'added', nth, isDone: true });
  }
  for (const outcome of outcomes) {
    state.apply({ event: 'charging', id: 1, key: 'k', amount });
    state.apply({ event: 'charged', id: 1, key: 'k', amount, outcome });
  }
  const user = state.users.get('1');
  return user && additionsTo(user);
};

test.describe('additions to a leased row', () => {
  for (const [title, outcomes, done, open] of [
    ['answered top-up counts as done', ['ok'], 5_000, []],
    ['top-up with 2 replays counts once as done', ['ok', 'replayed', 'replayed'], 5_000, []],
    ['replay answered before its original counts once as done', ['replayed', 'ok'], 5_000, []],
    ['replay of a top-up from before the lease is left open', ['replayed'], 0, [5_000]],
    ['2 replays of a top-up from before the lease are left open once', ['replayed', 'replayed'], 0, [5_000]],
    ['replay of a top-up with a lost answer counts as done', ['unknown', 'replayed'], 5_000, []],
    ['top-up with a lost answer is left open', ['unknown'], 0, [5_000]],
    ['refused top-up adds nothing', ['refused'], 0, []],
  ] as const) {
    test(title, () => {
      expect(additionsOf(outcomes)).toEqual({ done, open });
    });
  }

  test('largest safe integer added and taken away again sums up to the won', () => {
    expect(additionsOf(['ok'], { amount: maxAmount, bySql: [-995_000, -maxAmount] })).toEqual({
      done: -995_000,
      open: [],
    });
    expect(additionsOf(['ok'], { amount: maxAmount, bySql: [-994_999, -maxAmount] })).toEqual({
      done: -994_999,
      open: [],
    });
  });

  test('difference is explained to the won by amounts whose sum exceeds a safe integer', () => {
    expect(explainedBy(5, [maxAmount, 5, -maxAmount])).toBe(5);
    expect(explainedBy(4, [maxAmount, 5, -maxAmount])).toBe(0);
    expect(explainedBy(5_000, [2_000, 3_000])).toBe(5_000);
    expect(explainedBy(1_000, [2_000, 3_000])).toBe(0);
  });
});
