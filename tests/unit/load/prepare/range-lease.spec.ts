import path from 'node:path';
import { expect } from '../../../../fixtures/expect.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { Leaseholder } from '../../../../helpers/seeding/leases/leaseholder.ts';
import { loadPlan, type LoadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { leaseRange } from '../../../../helpers/load/prepare/range-lease.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { test } from '../../support/servers/own-database.ts';
import { runLoadHere } from '../../support/runs/run-load-here.ts';

const planOf = (userIds: string, productIds: string, workers = 1): Promise<LoadPlan> =>
  loadPlan(
    parseSettings({ SEED: 'off', USER_IDS: userIds, PRODUCT_IDS: productIds, LOAD_ITERATIONS: '90', LOAD_VUS: '90' }),
    workers,
  );

const soon = 100;

test.describe('range lease', () => {
  test('leased users and products are refused to another run until they are released', async ({ database }) => {
    const first = await leaseRange(await planOf('1-10', '1-4'), 0, database, soon);
    await expect(leaseRange(await planOf('10-12', '5-6'), 0, database, soon)).rejects.toThrow(
      /^Another run holds 1 of the users 10-12 and 0 of the products 5-6 at this moment[^.]*USER_IDS and PRODUCT_IDS[^.]*\.$/,
    );
    await expect(leaseRange(await planOf('11-12', '4-6'), 0, database, soon)).rejects.toThrow(
      /0 of the users 11-12 and 1 of the products 4-6/,
    );
    const other = await leaseRange(await planOf('11-12', '5-6'), 0, database, soon);
    await first.release();
    const next = await leaseRange(await planOf('1-10', '1-4'), 0, database, soon);
    await next.release();
    await other.release();
  });

  test('parts of one run lease a share each at the same time', async ({ database }) => {
    const plan = await planOf('1-10', '1-4', 2);
    expect(plan.parts).toBe(2);
    const leases = await Promise.all([0, 1].map((part) => leaseRange(plan, part, database)));
    for (const lease of leases) await lease.release();
  });

  test('range leases and leases of scenarios exclude each other', async ({ database, shop }) => {
    const scenario = new Leaseholder(shop.processLock, database.name, { user: [3, 4], product: [1] });
    expect(await scenario.take({ user: 2, product: 1 }, soon)).toBeDefined();
    const plan = await planOf('1-10', '1-4');
    await expect(leaseRange(plan, 0, database, soon)).rejects.toThrow(
      'holds 2 of the users 1-10 and 1 of the products 1-4',
    );
    for (const [kind, ids] of [['user', [3, 4]] as const, ['product', [1]] as const]) await scenario.release(kind, ids);
    const lease = await leaseRange(plan, 0, database, soon);
    expect(await scenario.take({ user: 1, product: 0 }, soon)).toBeUndefined();
    await lease.release();
    expect(await scenario.take({ user: 1, product: 0 }, soon)).toBeDefined();
  });

  test('load run on leased ids is BLOCKED, and passes after their release', async ({ database }, testInfo) => {
    const running = await startShop({ database });
    const load = (name: string): Promise<LoadSummary> =>
      runLoadHere(
        { folder: path.join(testInfo.outputDir, name), url: running.url, database },
        {
          ...{ SEED: 'off', USER_IDS: '1-10', PRODUCT_IDS: '1-10' },
          ...{ LOAD_PROFILE: 'smoke', LOAD_VUS: '2', LOAD_ITERATIONS: '20', LOAD_PAUSE_MS: '0' },
        },
      );
    const lease = await leaseRange(await planOf('10-10', '10-10'), 0, database);
    expect(await load('beside')).toMatchObject({
      verdict: 'BLOCKED',
      iterations: 0,
      reason: expect.stringContaining('holds 1 of the users 1-10 and 1 of the products 1-10'),
    });
    await lease.release();
    expect(await load('alone')).toMatchObject({ verdict: 'PASS', iterations: 20 });
    await running.close();
  });
});
