import { expect } from '../../fixtures/expect.ts';
import type { Shop } from '../../fixtures/target-session.ts';
import { TargetSessions } from '../../fixtures/target-sessions.ts';
import { countRows } from './count-rows.ts';
import { test as base } from './own-database.ts';

interface Fixtures {
  sessions: TargetSessions;
  /** A shop on the test's own database; none of them is there. */
  shopAt: (nth: number, target?: string) => Shop;
}

const test = base.extend<Fixtures>({
  sessions: async ({ pool }, use, worker) => {
    expect(pool).toBeDefined();
    const sessions = new TargetSessions(worker);
    await use(sessions);
    await sessions.close();
  },
  shopAt: async ({ database }, use) => {
    await use((nth, target) => ({
      url: `http://127.0.0.1:1/${nth}`,
      database,
      ...(target !== undefined && { target }),
    }));
  },
});

test.describe('sessions with targets', () => {
  test('are one for a shop and a target profile', async ({ sessions, shopAt, database }) => {
    const session = await sessions.of(shopAt(1));
    expect(await sessions.of(shopAt(1))).toBe(session);
    expect(session.settings).toMatchObject({ baseUrl: 'http://127.0.0.1:1/1', database: { name: database.name } });
    const other = await sessions.of(shopAt(1, 'header-key'));
    expect([session.profile.name, other.profile.name]).toEqual(['reference', 'header-key']);
    expect(await sessions.of(shopAt(1))).toBe(session);
  });

  test('end with the seventeenth shop for the one used longest ago, which gets back what it had', async ({
    sessions,
    shopAt,
    pool,
  }) => {
    const oldest = await sessions.of(shopAt(1));
    await oldest.product();
    const next = await sessions.of(shopAt(2));
    await next.product();
    await sessions.of(shopAt(1));
    for (let nth = 3; nth <= 17; nth += 1) await sessions.of(shopAt(nth));
    await expect.poll(() => countRows(pool, ['products'])).toEqual({ products: 1 });
    expect(await sessions.of(shopAt(1))).toBe(oldest);
    await sessions.close();
    expect(await countRows(pool, ['products'])).toEqual({ products: 0 });
  });

  test('end without complaint where the shop is gone', async ({ sessions, shopAt, pool }) => {
    const session = await sessions.of(shopAt(1));
    await session.product();
    await pool.query('RENAME TABLE products TO former_products');
    await sessions.close();
    expect(await countRows(pool, ['former_products'])).toEqual({ former_products: 1 });
  });
});
