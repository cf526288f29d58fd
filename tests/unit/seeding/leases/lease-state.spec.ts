import { expect, test } from '@playwright/test';
import { additionsTo, explainedBy, LeaseState } from '../../../../helpers/seeding/leases/lease-state.ts';
import { isReplayedCharge } from '../../../../helpers/api/replay-header.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { charged } from '../../support/exchange-examples.ts';

const most = Number.MAX_SAFE_INTEGER;

/** What was added to a leased user by top-ups under one key, answered one after the other, and by SQL. */
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

test.describe('what was added to a leased row', () => {
  for (const [what, outcomes, done, open] of [
    ['a top-up that was done', ['ok'], 5_000, []],
    ['a top-up that was repeated', ['ok', 'replayed', 'replayed'], 5_000, []],
    ['a repetition that came before what it repeats', ['replayed', 'ok'], 5_000, []],
    ['the repetition of one that was answered before the lease', ['replayed'], 0, [5_000]],
    ['the same, twice', ['replayed', 'replayed'], 0, [5_000]],
    ['the repetition of one whose answer was lost', ['unknown', 'replayed'], 5_000, []],
    ['one whose answer was lost', ['unknown'], 0, [5_000]],
    ['one that was refused', ['refused'], 0, []],
  ] as const) {
    test(what, () => {
      expect(additionsOf(outcomes)).toEqual({ done, open });
    });
  }

  test('the most that there is, taken away again, is summed up to the won', () => {
    expect(additionsOf(['ok'], { amount: most, bySql: [-995_000, -most] })).toEqual({ done: -995_000, open: [] });
    expect(additionsOf(['ok'], { amount: most, bySql: [-994_999, -most] })).toEqual({ done: -994_999, open: [] });
  });

  test('a difference is explained to the won by amounts whose sum no number says', () => {
    expect(explainedBy(5, [most, 5, -most])).toBe(5);
    expect(explainedBy(4, [most, 5, -most])).toBe(0);
    expect(explainedBy(5_000, [2_000, 3_000])).toBe(5_000);
    expect(explainedBy(1_000, [2_000, 3_000])).toBe(0);
  });
});

test.describe('a replay of a top-up', () => {
  const { chargeBalance } = reference.endpoints;

  test('is known by the header that the profile names, and its value', () => {
    expect(isReplayedCharge(charged(), reference)).toBe(false);
    expect(isReplayedCharge(charged({}, { headers: { 'idempotent-replayed': 'true' } }), reference)).toBe(true);
    expect(isReplayedCharge(charged({}, { headers: { 'idempotent-replayed': 'false' } }), reference)).toBe(false);
  });

  test('is known by a status that only replays have', () => {
    const endpoints = { ...reference.endpoints, chargeBalance: { ...chargeBalance, success: 201 } };
    expect(isReplayedCharge(charged({}, { status: 200 }), { ...reference, endpoints })).toBe(true);
    expect(isReplayedCharge(charged({}, { status: 201 }), { ...reference, endpoints })).toBe(false);
    expect(isReplayedCharge(charged({}, { status: 200 }), reference)).toBe(false);
  });
});
