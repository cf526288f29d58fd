import { expect } from '../../../../fixtures/expect.ts';
import { test } from '../../support/servers/own-database.ts';

test.describe('key rows', () => {
  for (const [expiry, column, given, now] of [
    ['a DATETIME expiry', 'DATETIME NULL', 'UTC_TIMESTAMP() + INTERVAL 1 DAY', 'UTC_TIMESTAMP()'],
    ['an expiry in Unix seconds', 'BIGINT NULL', 'UNIX_TIMESTAMP() + 86400', 'UNIX_TIMESTAMP()'],
    [
      'an expiry computed from its creation',
      'DATETIME AS (created_at + INTERVAL 1 DAY) STORED',
      'DEFAULT',
      'UTC_TIMESTAMP()',
    ],
  ] as const) {
    test(`idempotency key with ${expiry} is made to expire`, async ({ connect, pool }) => {
      await pool.query(
        `ALTER TABLE payment_idempotency DROP expires_at, MODIFY created_at DATETIME NOT NULL, ADD expires_at ${column}`,
      );
      const shop = await connect();
      const user = await shop.insertAccount({ name: '김하늘', balance: 0 });
      await pool.query(
        `INSERT INTO payment_idempotency (user_id, idempotency_key, order_id, request_hash, status, created_at, expires_at)
         VALUES (?, 'k', 1, 'h', 'DONE', UTC_TIMESTAMP(), ${given})`,
        [user.userId],
      );
      const isOver = `SELECT expires_at < ${now} AS isOver FROM payment_idempotency`;
      expect((await pool.query(isOver))[0]).toEqual([{ isOver: 0 }]);
      expect(await shop.expireKeys(user, 'pay')).toBe(1);
      expect((await pool.query(isOver))[0]).toEqual([{ isOver: 1 }]);
    });
  }

  test("all times of a user's idempotency key become a minute older, those of others do not", async ({
    connect,
    pool,
  }) => {
    const shop = await connect();
    const [user, other] = [
      await shop.insertAccount({ name: '김하늘', balance: 0 }),
      await shop.insertAccount({ name: '이바다', balance: 0 }),
    ];
    for (const { userId } of [user, other]) {
      await pool.query(
        `INSERT INTO payment_idempotency (user_id, idempotency_key, order_id, request_hash, status, created_at, expires_at)
         VALUES (?, 'k', 1, 'h', 'DONE', '2026-01-31 12:00:00', '2026-02-01 12:00:00')`,
        [userId],
      );
    }
    expect(await shop.ageKeys(user, 'pay')).toBe(1);
    const [rows] = await pool.query(
      'SELECT CAST(created_at AS CHAR(16)) AS made, CAST(expires_at AS CHAR(16)) AS ends FROM payment_idempotency ORDER BY user_id',
    );
    expect(rows).toEqual([
      { made: '2026-01-31 11:59', ends: '2026-02-01 11:59' },
      { made: '2026-01-31 12:00', ends: '2026-02-01 12:00' },
    ]);
  });

  test('idempotency keys of a call are counted and purged in the tables that keep them', async ({ connect, pool }) => {
    const shop = await connect();
    const user = await shop.insertAccount({ name: '김하늘', balance: 0 });
    await pool.query(
      `INSERT INTO order_idempotency (user_id, idempotency_key, request_hash, status, created_at, expires_at)
       VALUES (?, 'k', 'h', 'DONE', UTC_TIMESTAMP(), UTC_TIMESTAMP() + INTERVAL 1 DAY)`,
      [user.userId],
    );
    const ofPayments = { table: 'payment_idempotency', optional: false };
    const ofOrders = { table: 'order_idempotency', optional: true };
    expect(await shop.keyRows(user, 'pay')).toEqual([{ ...ofPayments, rows: 0 }]);
    expect(await shop.keyRows(user, 'createOrder')).toEqual([
      { ...ofPayments, rows: 0 },
      { ...ofOrders, rows: 1 },
    ]);
    expect(await shop.purgeKeys(user, 'pay')).toBe(0);
    expect(await shop.purgeKeys(user, 'createOrder')).toBe(1);
  });

  test('idempotency key that a CHECK keeps from expiring stays unchanged', async ({ connect, pool }) => {
    await pool.query(
      `ALTER TABLE payment_idempotency MODIFY created_at BIGINT NOT NULL, DROP expires_at,
         ADD expires_at BIGINT NOT NULL, ADD CHECK (expires_at > created_at)`,
    );
    const shop = await connect();
    const user = await shop.insertAccount({ name: '김하늘', balance: 0 });
    await pool.query(
      `INSERT INTO payment_idempotency (user_id, idempotency_key, order_id, request_hash, status, created_at, expires_at)
       VALUES (?, 'k', 1, 'h', 'DONE', 1782896400000, 1782982800000)`,
      [user.userId],
    );
    expect(await shop.expireKeys(user, 'pay')).toBe(0);
    expect((await pool.query('SELECT expires_at AS until FROM payment_idempotency'))[0]).toEqual([
      { until: 1_782_982_800_000 },
    ]);
  });

  for (const [left, shortened] of [
    ['24 HOUR', 1],
    ['30 DAY', 1],
    ['33 HOUR', 0],
    ['10 MINUTE', 0],
  ] as const) {
    test(`idempotency key with ${left} left is shortened ${shortened} times to an hour`, async ({ connect, pool }) => {
      const shop = await connect();
      const user = await shop.insertAccount({ name: '김하늘', balance: 0 });
      await pool.query(
        `INSERT INTO payment_idempotency (user_id, idempotency_key, order_id, request_hash, status, created_at, expires_at)
         VALUES (?, 'k', 1, 'h', 'DONE', UTC_TIMESTAMP(), UTC_TIMESTAMP() + INTERVAL ${left})`,
        [user.userId],
      );
      expect(await shop.shortenKeys(user, 'pay')).toBe(shortened);
      const isAnHour = 'ABS(TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(), expires_at) - 3600) < 60';
      const [rows] = await pool.query(`SELECT ${isAnHour} AS isAnHour FROM payment_idempotency`);
      expect(rows).toEqual([{ isAnHour: shortened }]);
    });
  }

  test('idempotency keys that another table references are not purged', async ({ connect, pool }) => {
    await pool.query(
      'ALTER TABLE payments ADD key_id BIGINT, ADD FOREIGN KEY (key_id) REFERENCES payment_idempotency (id) ON DELETE CASCADE',
    );
    const shop = await connect();
    const user = await shop.insertAccount({ name: '김하늘', balance: 0 });
    await pool.query(
      `INSERT INTO payment_idempotency (user_id, idempotency_key, order_id, request_hash, status, created_at, expires_at)
       VALUES (?, 'k', 1, 'h', 'DONE', UTC_TIMESTAMP(), UTC_TIMESTAMP() + INTERVAL 1 DAY)`,
      [user.userId],
    );
    expect(await shop.purgeKeys(user, 'pay')).toBe(0);
    expect(await shop.keyRows(user, 'pay')).toMatchObject([{ rows: 1 }]);
  });
});
