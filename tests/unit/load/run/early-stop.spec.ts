import { expect, test } from '@playwright/test';
import { EarlyStop } from '../../../../helpers/load/run/early-stop.ts';

/** Notes outcomes and returns the first reason to stop and after how many outcomes it came (0: never). */
const noted = (outcomes: readonly (string | undefined)[]) => {
  const earlyStop = new EarlyStop();
  const reasons = outcomes.map((outcome) => earlyStop.note(outcome));
  const after = reasons.findIndex((reason) => reason !== undefined) + 1;
  return { reason: reasons.find((reason) => reason !== undefined), after };
};

const times = (count: number, outcome?: string): (string | undefined)[] => Array.from({ length: count }, () => outcome);

test.describe('early stop', () => {
  test('200 iterations refused for one cause stop the run', () => {
    expect(noted(times(500, 'balance'))).toEqual({
      reason: '200 of the last 200 iterations were refused for balance',
      after: 200,
    });
  });

  test('199 iterations refused for one cause do not stop the run', () => {
    expect(noted(times(199, 'stock')).reason).toBeUndefined();
  });

  test('191 of the last 200 iterations refused for one cause stop the run, 190 do not', () => {
    expect(noted([...times(10), ...times(190, 'balance')]).reason).toBeUndefined();
    expect(noted([...times(9), ...times(191, 'balance')])).toEqual({
      reason: '191 of the last 200 iterations were refused for balance',
      after: 200,
    });
  });

  test('early stop counts only the last 200 iterations', () => {
    expect(noted([...times(5000), ...times(400, 'balance')]).after).toBe(5191);
    const rare = Array.from({ length: 5000 }, (_, index) => (index % 10 === 0 ? undefined : 'balance'));
    expect(noted(rare).reason).toBeUndefined();
  });

  test('2 alternating causes do not stop the run', () => {
    const byTurns = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? 'balance' : 'stock'));
    expect(noted(byTurns).reason).toBeUndefined();
  });

  test('temporary causes and findings do not stop the run', () => {
    for (const cause of ['in-progress', 'server-error', 'broken-promise', 'unknown', 'rate-limit'])
      expect.soft(noted(times(1000, cause)).reason, cause).toBeUndefined();
  });

  test('every lasting cause is named in the reason to stop', () => {
    const causes = ['stock', 'no-answer', 'time-out', 'unknown-user', 'unknown-product', 'unauthenticated'];
    expect(causes.map((cause) => noted(times(200, cause)).reason?.replace(/^.*iterations /, ''))).toEqual([
      'were refused for stock',
      'got no answer',
      'got no answer in time',
      'were refused because the API does not know the user',
      'were refused because the API does not know the product',
      'were refused for lack of authentication',
    ]);
  });
});
