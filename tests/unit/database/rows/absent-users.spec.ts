import { expect } from '../../../../fixtures/expect.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import { faultNamed } from '../../../../fixtures/shops/reference/faults/all-faults.ts';
import { schema } from '../../../../fixtures/shops/reference/database/schema.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import { absentId, type Id } from '../../../../helpers/profile/ids.ts';
import { countRows } from '../../support/outputs/count-rows.ts';
import { sell, test } from '../../support/servers/own-database.ts';

const account = { name: '김하늘', balance: 1_000_000 };
const product = { name: 'Keyboard', price: 50_000, stock: 10 };
const noRows = Object.fromEntries(Object.keys(schema).map((table) => [table, 0]));

test.describe('absent users', () => {
  test('ids of absent users are of the same form, and another one for each id', () => {
    expect(absentId(7)).toBe(1_000_000_007);
    expect(absentId('7')).toBe('1000000007');
    expect(absentId('ada')).toBe('ada-absent');
    expect(absentId('0191e9a0-7c1f-7f3a-9d2b-00000000000a')).toBe('0191e9a0-7c1f-7f3a-9d2b-fffffffffff5');
    expect(absentId('0191e9a0-7c1f-7f3a-9d2b-0123456789ab')).toBe('0191e9a0-7c1f-7f3a-9d2b-fedcba987654');
  });

  test('order that a shop accepts of a user who does not exist is removed with the account', async ({
    shop,
    pool,
    database,
  }) => {
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const { productId } = await shop.insertProduct(product);
    const parts = faultNamed('order-of-unknown-user').apply(correctParts);
    const target = await startShop({ database, parts, isPrepared: true });
    const order = async (userId: Id): Promise<number> => {
      const body = { userId, items: [{ productId, quantity: 1 }], idempotencyKey: `key of ${userId}` };
      const headers = { 'content-type': 'application/json' };
      const sent = { method: 'POST', headers, body: JSON.stringify(body) };
      return (await fetch(`${target.url}/api/orders`, sent)).status;
    };
    try {
      for (const one of [user, bystander]) expect(await order(absentId(one.userId))).toBe(201);
    } finally {
      await target.close();
    }
    const tables = ['users', 'user_balance', 'orders', 'order_items', 'order_idempotency'];
    expect(Object.values(await countRows(pool, tables))).toEqual([2, 2, 2, 2, 2]);
    await shop.removeAccounts([user]);
    expect(Object.values(await countRows(pool, tables))).toEqual([1, 1, 1, 1, 1]);
    await shop.removeAccounts([bystander]);
    await shop.removeProducts([{ productId }]);
    expect(await countRows(pool, Object.keys(schema))).toEqual(noRows);
  });

  test('balance, keys and a paid order of a user who does not exist are removed with the account', async ({
    shop,
    pool,
  }) => {
    await pool.query('ALTER TABLE user_balance DROP FOREIGN KEY user_balance_ibfk_1');
    const user = await shop.insertAccount(account);
    const absent = absentId(user.userId);
    await pool.query('INSERT INTO user_balance VALUES (?, 0, UTC_TIMESTAMP())', [absent]);
    await sell(pool, absent, 1, 50_000);
    await shop.removeAccounts([user]);
    expect(await countRows(pool, Object.keys(schema))).toEqual(noRows);
  });

  test('rows that were there before the account stay, and all later ones of the same absent user', async ({
    shop,
    pool,
  }) => {
    const first = await shop.insertAccount(account);
    const next = Number(first.userId) + 1;
    await sell(pool, absentId(next), 1, 50_000);
    const user = await shop.insertAccount(account);
    expect(user.userId).toBe(next);
    await pool.query(
      `INSERT INTO orders SELECT id + 1, 'later', user_id, 1, 0, 1, status, created_at, NULL FROM orders`,
    );
    await shop.removeAccounts([first, user]);
    expect(await countRows(pool, ['users', 'orders', 'payments'])).toEqual({ users: 0, orders: 2, payments: 1 });
  });

  test('orders of a user who has come into being meanwhile stay', async ({ shop, pool }) => {
    const user = await shop.insertAccount(account);
    const absent = absentId(user.userId);
    await pool.query(`INSERT INTO users VALUES (?, 'Ada', 'ada@example.com')`, [absent]);
    await sell(pool, absent, 1, 50_000);
    await shop.removeAccounts([user]);
    expect(await countRows(pool, ['users', 'orders', 'payments'])).toEqual({ users: 1, orders: 1, payments: 1 });
  });

  test('nothing is removed where a table would have to be read as a whole', async ({ connect, pool }) => {
    await pool.query('ALTER TABLE orders DROP KEY user_id');
    const shop = await connect();
    const user = await shop.insertAccount(account);
    await sell(pool, absentId(user.userId), 1, 50_000);
    await shop.removeAccounts([user]);
    expect(await countRows(pool, ['users', 'orders', 'payments'])).toEqual({ users: 0, orders: 1, payments: 1 });
  });
});
