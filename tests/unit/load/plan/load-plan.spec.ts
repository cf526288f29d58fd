import { expect, test } from '@playwright/test';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { maxVusOf } from '../../../../helpers/load/plan/pace.ts';
import { loadProfileNames } from '../../../../helpers/load/plan/read-load-profile.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

const planOf = (environment: Parameters<typeof parseSettings>[0], workers = 1): Promise<LoadPlan> =>
  loadPlan(parseSettings(environment), workers);

test.describe('load plan', () => {
  test('every load profile can be planned', async () => {
    const names = loadProfileNames();
    expect(names).toEqual(expect.arrayContaining(['smoke', 'payment-process', 'order-create', 'duplicate-storm']));
    for (const name of names) {
      const plan = await planOf({ LOAD_PROFILE: name }, 4);
      expect.soft(plan, name).toMatchObject({ profile: name, pace: { by: 'stages' } });
      expect.soft(plan.thresholds.length, name).toBeGreaterThan(0);
    }
  });

  test('payment-process profile has gaps of 100 ms, pauses of 1 s and 200 users in 5 stages', async () => {
    const plan = await planOf({ LOAD_PROFILE: 'payment-process' });
    expect(plan).toMatchObject({ flow: 'order-then-pay', gapMs: 100, pauseMs: 1000, seed: true });
    expect(maxVusOf(plan)).toBe(200);
    expect(plan.pace).toMatchObject({ by: 'stages', stages: { length: 5 } });
  });

  test('settings override the load profile', async () => {
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

  test('pace follows from users, duration, iterations and rate', async () => {
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
      { by: 'iterations', iterations: 100, vus: 5, maxDurationMs: 2000 },
      { by: 'rate', perSecond: 50, durationMs: 10_000, vus: 5 },
      { by: 'rate', perSecond: 50, durationMs: 60_000, vus: 9 },
    ]);
  });

  test('unknown load profile is refused with the list of profiles', async () => {
    await expect(planOf({ LOAD_PROFILE: 'smokes' })).rejects.toThrow(
      /"smokes", but there is no such load profile \(did you mean smoke\?\)\. Allowed: .*payment-process/,
    );
    await expect(planOf({ LOAD_PROFILE: 'load-spec' })).rejects.toThrow(/no such load profile\. Allowed/);
  });

  test('number of parts is limited by workers, 25 users a part and the ids for each part', async () => {
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

  test('every seeded part has at least 1 account and 1 product at every amount', async () => {
    const environment = { LOAD_PROFILE: 'smoke', LOAD_VUS: '20000', LOAD_AMOUNTS: '1,2,3' };
    expect(await planOf(environment, 300)).toMatchObject({ parts: 300, accounts: 300, products: 900 });
    expect(await planOf({ ...environment, LOAD_VUS: '5' }, 300)).toMatchObject({ accounts: 100, products: 10 });
  });
});
