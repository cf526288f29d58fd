import type { Pool } from 'mysql2/promise';
import { expect } from '../../../../fixtures/expect.ts';
import type { Id } from '../../../../helpers/profile/ids.ts';
import { countRows } from '../../support/outputs/count-rows.ts';
import { test } from '../../support/servers/own-database.ts';

const table = 'payment_idempotency';
const account = { name: '김하늘', balance: 0 };

const recordKey = (pool: Pool, userId: Id): Promise<unknown> =>
  pool.query(
    `INSERT INTO payment_idempotency (user_id, idempotency_key, order_id, request_hash, status, created_at, expires_at)
     VALUES (?, 'k', 1, 'h', 'DONE', UTC_TIMESTAMP(), UTC_TIMESTAMP())`,
    [userId],
  );

test.describe('gated idempotency keys', () => {
  test('insert of an idempotency key waits until the gate on new keys of its user opens', async ({ shop, pool }) => {
    const { userId } = await shop.insertAccount(account);
    const gate = await shop.holdRow({ newKey: { userId, tables: [table] } });
    const recorded = recordKey(pool, userId);
    expect(await gate.untilStill(1, () => false)).toBe(1);
    expect(await countRows(pool, [table])).toEqual({ [table]: 0 });
    await gate.open();
    await recorded;
    expect(await countRows(pool, [table])).toEqual({ [table]: 1 });
  });

  test('without an index on the user no idempotency key is held back', async ({ connect, pool }) => {
    await pool.query('ALTER TABLE ?? DROP INDEX user_id', [table]);
    const shop = await connect();
    const { userId } = await shop.insertAccount(account);
    const gate = await shop.holdRow({ newKey: { userId, tables: [table] } });
    await recordKey(pool, userId);
    await recordKey(pool, Number(userId) + 1);
    await gate.open();
    expect(await countRows(pool, [table])).toEqual({ [table]: 2 });
  });
});
