import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { Outages } from '../../../../helpers/load/crashes/outages.ts';

const request = { method: 'POST', path: '/api/orders/7/payment', headers: {} };

/** Returns an exchange between two moments, in seconds. */
const sent = (from: number, to: number, changes: Partial<Exchange> = {}): Exchange => ({
  ...{ name: 'pay', request, outcome: 'ok', sentAtMs: from * 1000, durationMs: (to - from) * 1000 },
  ...changes,
});

const lost = { outcome: 'unknown', failure: 'connect ECONNREFUSED' } as const;
const refused = (reason: 'server-error' | 'in-progress' | 'balance', status: number): Partial<Exchange> => ({
  outcome: 'refused',
  refusal: { reason, status, namedBy: 'status' },
});

/** Returns outages with a clock in seconds. */
const clocked = (keyTakeoverMs = 0) => {
  const clock = { second: 0 };
  const outages = new Outages(keyTakeoverMs, () => clock.second * 1000);
  return {
    outages,
    at: (second: number) => {
      clock.second = second;
      return outages;
    },
  };
};

/** The API was killed at 10 s, started at 15 s, and answers since 17 s. */
const recovered = (keyTakeoverMs = 0) => {
  const { outages, at } = clocked(keyTakeoverMs);
  at(10).kill('api');
  at(15).start('api');
  at(17).note(sent(16.5, 17), []);
  return { outages, at };
};

test.describe('outages of a load run', () => {
  test('outage lasts from the kill to the first success of a request that was sent after the start', () => {
    const { outages, at } = clocked();
    at(10).kill('api');
    outages.note(sent(9.9, 10.1), []);
    outages.note(sent(12, 12.1), []);
    at(15).start('api');
    outages.note(sent(14.9, 15.4), []);
    outages.note(sent(15.5, 16, lost), []);
    expect(outages.isOpen).toBe(true);
    outages.note(sent(15.6, 17), []);
    expect(outages.isOpen).toBe(false);
    expect(outages.all).toMatchObject([{ to: 'api', killedMs: 10_000, startedMs: 15_000, recoveredMs: 17_000 }]);
  });

  test('outages of API and database that overlap end together, once both have been started', () => {
    const { outages, at } = clocked();
    at(10).kill('database');
    at(11).kill('api');
    at(12).start('database');
    outages.note(sent(12.5, 13), []);
    expect(outages.all.map(({ recoveredMs }) => recoveredMs)).toEqual([undefined, undefined]);
    at(14).start('api');
    outages.note(sent(15, 15.5), []);
    expect(outages.all.map(({ recoveredMs }) => recoveredMs)).toEqual([15_500, 15_500]);
  });

  test('lost answers and server errors until 3 s after recovery are explained, refusals are not', () => {
    const { outages } = recovered();
    const isExplained = (from: number, to: number, changes: Partial<Exchange>) =>
      outages.explains(sent(from, to, changes));
    expect(isExplained(9, 9.9, lost)).toBe(false);
    expect(isExplained(9, 10.1, lost)).toBe(true);
    expect(isExplained(12, 12, refused('server-error', 503))).toBe(true);
    expect(isExplained(19.9, 25, lost)).toBe(true);
    expect(isExplained(20.1, 20.2, lost)).toBe(false);
    expect(isExplained(12, 12, refused('balance', 409))).toBe(false);
    expect(isExplained(12, 12, {})).toBe(false);
  });

  test('requests in flight at the kill are counted separately, and their users and orders are interrupted', () => {
    const { outages, at } = clocked();
    at(10).kill('api');
    outages.note(sent(9.9, 10.1, lost), ['user 1', 'order 7']);
    outages.note(sent(10.2, 10.3, lost), ['user 2']);
    expect(outages.all).toMatchObject([{ failed: 2, underWay: 1 }]);
    expect(['user 1', 'order 7', 'user 2'].map((one) => outages.interrupted(one))).toEqual([true, true, false]);
  });

  test('key in progress after a crash is left open for as long as the profile allows', () => {
    const inProgress = (second: number) => sent(second, second + 0.1, refused('in-progress', 409));
    expect(recovered().outages.leavesOpen(inProgress(19))).toBe(true);
    expect(recovered().outages.leavesOpen(inProgress(21))).toBe(false);
    expect(recovered(10_000).outages.leavesOpen(inProgress(29))).toBe(true);
    expect(recovered(10_000).outages.leavesOpen(inProgress(31))).toBe(false);
    expect(recovered(10_000).outages.leavesOpen(sent(29, 29.1, lost))).toBe(false);
  });

  test('target that does not answer within a minute of its start is given up', () => {
    const { outages, at } = clocked();
    at(10).kill('api');
    expect(at(200).lost).toBeUndefined();
    outages.start('api');
    expect(at(259).lost).toBeUndefined();
    expect(at(259).leavesOpen(sent(258, 259, lost))).toBe(true);
    expect(at(261).lost).toMatchObject({ to: 'api' });
    expect(at(261).leavesOpen(sent(260, 261, lost))).toBe(false);
  });

  test('lost request is no longer left open once the start of the target is given up', () => {
    const { outages, at } = clocked();
    at(10).kill('api');
    expect(at(20).leavesOpen(sent(19, 20, lost))).toBe(true);
    outages.giveUp();
    expect(at(20).leavesOpen(sent(19, 20, lost))).toBe(false);
  });

  test('lost answer is not explained when nothing was killed', () => {
    const { outages } = clocked();
    expect([outages.isOpen, outages.lost, outages.explains(sent(1, 2, lost))]).toEqual([false, undefined, false]);
  });
});
