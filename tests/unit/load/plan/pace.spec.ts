import { expect, test } from '@playwright/test';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { describePace, expectedIterations, paceOfPart, shareOf } from '../../../../helpers/load/plan/pace.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

const planOf = (environment: Parameters<typeof parseSettings>[0], workers = 1): Promise<LoadPlan> =>
  loadPlan(parseSettings(environment), workers);

const partsOf = ({ parts }: LoadPlan): number[] => Array.from({ length: parts }, (_, part) => part);

/** Sums up users, iterations, rates and stages of all parts of a plan. */
const together = (plan: LoadPlan): { vus: number; iterations: number; perSecond: number; stages: number[] } => {
  const total = { vus: 0, iterations: 0, perSecond: 0, stages: new Array<number>() };
  for (const part of partsOf(plan)) {
    const pace = paceOfPart(plan, part);
    if (pace.by === 'stages') {
      for (const [index, { vus }] of pace.stages.entries()) total.stages[index] = (total.stages[index] ?? 0) + vus;
    } else {
      total.vus += pace.vus;
      if (pace.by === 'iterations') total.iterations += pace.iterations;
      else total.perSecond += pace.perSecond;
    }
  }
  return total;
};

test.describe('pace', () => {
  test('shares of all parts add up to the whole and differ by at most 1', () => {
    for (const whole of [0, 1, 7, 100, 1_000_003])
      for (const parts of [1, 2, 3, 7, 16]) {
        const shares = Array.from({ length: parts }, (_, part) => shareOf({ parts }, part, whole));
        expect(shares.reduce((total, share) => total + share, 0)).toBe(whole);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }
  });

  test('parts of stages, iterations and rate add up to the whole', async () => {
    const stages = await planOf({ LOAD_STAGES: '5s:101,5s:7,5s:0' }, 3);
    expect(together(stages)).toMatchObject({ stages: [101, 7, 0] });
    const iterations = await planOf({ LOAD_ITERATIONS: '1000', LOAD_VUS: '101' }, 3);
    expect(together(iterations)).toMatchObject({ iterations: 1000, vus: 101 });
    const rate = await planOf({ LOAD_RATE: '100', LOAD_VUS: '101', LOAD_DURATION: '9s' }, 3);
    expect(together(rate).perSecond).toBeCloseTo(100);
    expect(together(rate).vus).toBe(101);
    expect([stages.parts, iterations.parts, rate.parts]).toEqual([3, 3, 3]);
  });

  test('every part of an iterations run has a user and an iteration for each user', async () => {
    const plan = await planOf({ LOAD_ITERATIONS: '55', LOAD_VUS: '1000' }, 64);
    const paces = partsOf(plan).map((part) => paceOfPart(plan, part));
    expect(plan.parts).toBe(2);
    for (const pace of paces)
      expect(pace.by === 'iterations' && pace.vus > 0 && pace.iterations >= pace.vus).toBe(true);
  });

  test('expected iterations and description follow from the pace', async () => {
    const stages = await planOf({ LOAD_STAGES: '10s:10,10s:10' });
    const iterations = await planOf({ LOAD_ITERATIONS: '12345', LOAD_VUS: '10' });
    const limited = await planOf({ LOAD_ITERATIONS: '12345', LOAD_VUS: '10', LOAD_DURATION: '1m' });
    const rate = await planOf({ LOAD_RATE: '10', LOAD_VUS: '5', LOAD_DURATION: '90s' });
    const all = [stages, iterations, limited, rate];
    expect(all.map((plan) => expectedIterations(plan, 500))).toEqual([310, 12_345, 1210, 900]);
    expect(all.map(describePace)).toEqual([
      'virtual users in stages: 10s → 10, 10s → 10 (20s)',
      '12,345 iterations shared by 10 virtual users',
      '12,345 iterations shared by 10 virtual users, for 1m at the most',
      '10 iterations a second for 1m30s, at most 5 virtual users',
    ]);
  });
});
