import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import { groupDeviations } from '../../../../helpers/findings/grouping/group-deviations.ts';

/** Returns how many groups come of what tests of their own have seen. */
const groupsOf = (...seen: readonly Partial<Deviation>[]): number =>
  groupDeviations(
    seen.map((changes, test) => {
      const base = { kind: 'charged-twice', call: 'pay', circumstance: 'once', sentence: 'It is so.' } as const;
      return { test, deviation: { ...base, numbers: {}, details: [], ...changes } };
    }),
  ).length;

test.describe('same views and repetitions', () => {
  test('same wrong field in answers of a call is one defect, whatever the scenario looked for', () => {
    const view = (kind: Deviation['kind'], problem: string): Partial<Deviation> => ({
      ...{ kind, call: 'getOrder', problem },
    });
    const unpaid = 'it does not say when it was paid';
    expect(groupsOf(view('stale-view', unpaid), view('wrong-content', unpaid))).toBe(1);
    expect(groupsOf(view('stale-view', unpaid), view('wrong-content', 'its total is 3, not 4'))).toBe(2);
    expect(groupsOf(view('stale-view', 'its total is 3'), view('wrong-content', 'its total is 4'))).toBe(1);
    const unknown = { problem: undefined };
    expect(
      groupsOf({ ...view('stale-view', unpaid), ...unknown }, { ...view('wrong-content', unpaid), ...unknown }),
    ).toBe(2);
    expect(groupsOf(view('stale-view', unpaid), { ...view('wrong-content', unpaid), call: 'pay' })).toBe(2);
  });

  test('repeated effect of a replay is one defect, whether rows or a balance show it', () => {
    const again = { call: 'chargeBalance', circumstance: 'replay' } as const;
    const shown = [
      { ...again, kind: 'topped-up-twice' } as const,
      { ...again, kind: 'replay-executed' } as const,
      { ...again, kind: 'wrong-content' } as const,
    ];
    expect(groupsOf(...shown)).toBe(1);
    expect(
      groupsOf({ ...again, kind: 'topped-up-twice' }, { ...again, kind: 'replay-executed', call: 'createOrder' }),
    ).toBe(2);
  });

  test('wrong cause found by an assertion is the same defect as the answer that shows it', () => {
    const cause = { kind: 'wrong-cause', circumstance: 'concurrent' } as const;
    expect(groupsOf({ ...cause, status: 409 }, cause)).toBe(1);
    expect(groupsOf({ ...cause, status: 409 }, { ...cause, status: 402 })).toBe(2);
  });
});
