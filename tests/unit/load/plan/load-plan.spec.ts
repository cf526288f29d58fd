import { expect, test } from '@playwright/test';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import {
  describePace,
  expectedIterations,
  mostVusOf,
  paceOfPart,
  shareOf,
} from '../../../../helpers/load/plan/pace.ts';
import { loadProfileNames } from '../../../../helpers/load/plan/read-load-profile.ts';
import { idsOfPart, orderedProducts } from '../../../../helpers/load/prepare/load-stock.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

const planOf = (environment: Parameters<typeof parseSettings>[0], workers = 1): Promise<LoadPlan> =>
  loadPlan(parseSettings(environment), workers);

const partsOf = ({ parts }: LoadPlan): number[] => Array.from({ length: parts }, (_, part) => part);

/** What the parts of a plan come to, all together. */
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

test.describe('load plan', () => {
  test('every profile there is can be planned', async () => {
    const names = loadProfileNames();
    expect(names).toEqual(expect.arrayContaining(['smoke', 'payment-process', 'order-create', 'duplicate-storm']));
    for (const name of names) {
      const plan = await planOf({ LOAD_PROFILE: name }, 4);
      expect.soft(plan, name).toMatchObject({ profile: name, pace: { by: 'stages' } });
      expect.soft(plan.thresholds.length, name).toBeGreaterThan(0);
    }
  });

  test('the payment process is what it was: one key, 100 ms apart, a pause of a second', async () => {
    const plan = await planOf({ LOAD_PROFILE: 'payment-process' });
    expect(plan).toMatchObject({ flow: 'order-then-pay', gapMs: 100, pauseMs: 1000, seed: true });
    expect(mostVusOf(plan)).toBe(200);
    expect(plan.pace).toMatchObject({ by: 'stages', stages: { length: 5 } });
  });

  test('settings go before the profile', async () => {
    const environment = {
      LOAD_PROFILE: 'payment-process',
      LOAD_STAGES: '5s:7',
      LOAD_AMOUNTS: '10000',
      LOAD_PAUSE_MS: '5',
      LOAD_GAP_MS: '0',
      LOAD_ITERATION_MS: '40',
      LOAD_THRESHOLDS: 'errors:rate<0.1',
      LOAD_TRANSPORT: 'playwright',
      SAFETY_MARGIN: '3',
      SEED: 'off',
      USER_IDS: '11-20',
      PRODUCT_IDS: '3-4',
    };
    expect(await planOf(environment)).toMatchObject({
      pace: { by: 'stages', stages: [{ durationMs: 5000, vus: 7 }] },
      amounts: [10_000],
      amountsAreGiven: true,
      pauseMs: 5,
      gapMs: 0,
      iterationMs: 40,
      thresholds: [{ metric: 'errors', expression: 'rate<0.1' }],
      transport: 'playwright',
      safetyMargin: 3,
      seed: false,
      accounts: 10,
      products: 2,
      userIds: { first: 11, last: 20 },
      productIds: { first: 3, last: 4 },
    });
  });

  test('the pace follows from what is given', async () => {
    const paces = await Promise.all(
      [
        { LOAD_VUS: '8' },
        { LOAD_DURATION: '20s' },
        { LOAD_ITERATIONS: '100' },
        { LOAD_ITERATIONS: '3', LOAD_VUS: '8' },
        { LOAD_ITERATIONS: '100', LOAD_DURATION: '2s' },
        { LOAD_RATE: '50' },
        { LOAD_RATE: '50', LOAD_VUS: '9', LOAD_DURATION: '1m' },
      ].map(async (environment) => (await planOf({ LOAD_PROFILE: 'smoke', ...environment })).pace),
    );
    const constant = (vus: number, durationMs: number) => ({
      by: 'stages',
      stages: [
        { durationMs: 0, vus },
        { durationMs, vus },
      ],
    });
    expect(paces).toEqual([
      constant(8, 10_000),
      constant(5, 20_000),
      { by: 'iterations', iterations: 100, vus: 5 },
      { by: 'iterations', iterations: 3, vus: 3 },
      { by: 'iterations', iterations: 100, vus: 5, atMostMs: 2000 },
      { by: 'rate', perSecond: 50, durationMs: 10_000, vus: 5 },
      { by: 'rate', perSecond: 50, durationMs: 60_000, vus: 9 },
    ]);
  });

  test('a profile that is not there is answered with those that are', async () => {
    await expect(planOf({ LOAD_PROFILE: 'smokes' })).rejects.toThrow(
      /"smokes", but there is no such load profile \(did you mean smoke\?\)\. Allowed: .*payment-process/,
    );
    await expect(planOf({ LOAD_PROFILE: 'load-spec' })).rejects.toThrow(/no such load profile\. Allowed/);
  });

  test('there are no more parts than workers, than 25 users each fill, or than ids to own', async () => {
    const parts = async (workers: number, environment: Parameters<typeof parseSettings>[0]) =>
      (await planOf({ LOAD_PROFILE: 'smoke', ...environment }, workers)).parts;
    expect([
      await parts(4, { LOAD_VUS: '200' }),
      await parts(16, { LOAD_VUS: '200' }),
      await parts(16, { LOAD_VUS: '24' }),
      await parts(16, { LOAD_VUS: '200', SEED: 'off', USER_IDS: '1-100', PRODUCT_IDS: '1-3' }),
      await parts(16, { LOAD_VUS: '200', SEED: 'off', USER_IDS: '5', PRODUCT_IDS: '1-3' }),
    ]).toEqual([4, 8, 1, 3, 1]);
  });

  test('seeded parts have at least an account each and a product at every amount each', async () => {
    const environment = { LOAD_PROFILE: 'smoke', LOAD_VUS: '20000', LOAD_AMOUNTS: '1,2,3' };
    expect(await planOf(environment, 300)).toMatchObject({ parts: 300, accounts: 300, products: 900 });
    expect(await planOf({ ...environment, LOAD_VUS: '5' }, 300)).toMatchObject({ accounts: 100, products: 10 });
  });

  test('the shares of all parts add up to the whole', () => {
    for (const whole of [0, 1, 7, 100, 1_000_003])
      for (const parts of [1, 2, 3, 7, 16]) {
        const shares = Array.from({ length: parts }, (_, part) => shareOf({ parts }, part, whole));
        expect(shares.reduce((total, share) => total + share, 0)).toBe(whole);
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }
  });

  test('the parts of every pace add up to it', async () => {
    const stages = await planOf({ LOAD_STAGES: '5s:101,5s:7,5s:0' }, 3);
    expect(together(stages)).toMatchObject({ stages: [101, 7, 0] });
    const iterations = await planOf({ LOAD_ITERATIONS: '1000', LOAD_VUS: '101' }, 3);
    expect(together(iterations)).toMatchObject({ iterations: 1000, vus: 101 });
    const rate = await planOf({ LOAD_RATE: '100', LOAD_VUS: '101', LOAD_DURATION: '9s' }, 3);
    expect(together(rate).perSecond).toBeCloseTo(100);
    expect(together(rate).vus).toBe(101);
    expect([stages.parts, iterations.parts, rate.parts]).toEqual([3, 3, 3]);
  });

  test('no part of an iterations run is left without a user', async () => {
    const plan = await planOf({ LOAD_ITERATIONS: '55', LOAD_VUS: '1000' }, 64);
    const paces = partsOf(plan).map((part) => paceOfPart(plan, part));
    expect(plan.parts).toBe(2);
    for (const pace of paces)
      expect(pace.by === 'iterations' && pace.vus > 0 && pace.iterations >= pace.vus).toBe(true);
  });

  test('every id belongs to one part', async () => {
    const plan = await planOf({ LOAD_VUS: '100', SEED: 'off', USER_IDS: '11-20', PRODUCT_IDS: '1-3' }, 3);
    const ids = partsOf(plan).map((part) => idsOfPart(plan, part, plan.userIds));
    expect(ids.flat()).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20]);
    expect(ids.map(({ length }) => length)).toEqual([3, 3, 4]);
  });

  test('products are those at the amounts that were asked for', async () => {
    const found = [1000, 2000, 1000].map((price, index) => ({ productId: index + 1, price }));
    expect(orderedProducts(await planOf({ SEED: 'off' }), found)).toEqual(found);
    const given = await planOf({ SEED: 'off', LOAD_AMOUNTS: '2000' });
    expect(orderedProducts(given, found)).toEqual([{ productId: 2, price: 2000 }]);
    expect(() => orderedProducts(given, [{ productId: 1, price: 1000 }])).toThrow(/costs 2000 won.*\(1000\)/);
    expect(() => orderedProducts(given, [])).toThrow('None of the products 1-10 is there');
  });

  test('the iterations to expect, and the pace in words', async () => {
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
