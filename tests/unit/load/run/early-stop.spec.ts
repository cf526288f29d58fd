import { expect, test } from '@playwright/test';
import { EarlyStop } from '../../../../helpers/load/run/early-stop.ts';

/** Reasons to stop that come of outcomes, and after how many of them the first came. */
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

  test('fewer than 200 iterations never do', () => {
    expect(noted(times(199, 'stock')).reason).toBeUndefined();
  });

  test('it takes more than 95 % of the last 200', () => {
    expect(noted([...times(10), ...times(190, 'balance')]).reason).toBeUndefined();
    expect(noted([...times(9), ...times(191, 'balance')])).toEqual({
      reason: '191 of the last 200 iterations were refused for balance',
      after: 200,
    });
  });

  test('what was long ago is forgotten', () => {
    expect(noted([...times(5000), ...times(400, 'balance')]).after).toBe(5191);
    const rare = Array.from({ length: 5000 }, (_, index) => (index % 10 === 0 ? undefined : 'balance'));
    expect(noted(rare).reason).toBeUndefined();
  });

  test('two causes by turns are not one', () => {
    const byTurns = Array.from({ length: 1000 }, (_, index) => (index % 2 === 0 ? 'balance' : 'stock'));
    expect(noted(byTurns).reason).toBeUndefined();
  });

  test('a cause that passes by itself, or that is a finding, lets the run go on', () => {
    for (const cause of ['in-progress', 'server-error', 'broken-promise', 'unknown', 'rate-limit'])
      expect.soft(noted(times(1000, cause)).reason, cause).toBeUndefined();
  });

  test('says what every lasting cause is', () => {
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
