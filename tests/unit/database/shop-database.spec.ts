import type { RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { expect } from '../../../fixtures/expect.ts';
import { schema } from '../../../fixtures/shops/reference/database/schema.ts';
import type { DatabaseSettings } from '../../../helpers/settings/settings.ts';
import { ShopDatabase } from '../../../helpers/database/shop-database.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { UserError } from '../../../helpers/text/user-error.ts';
import { countRows } from '../support/outputs/count-rows.ts';
import { sell, test } from '../support/servers/own-database.ts';

const noRows = Object.fromEntries(Object.keys(schema).map((table) => [table, 0]));

const account = { name: '김하늘', balance: 1_000_000 };
const product = { name: 'Keyboard', price: 50_000, stock: 10 };

test.describe('shop database', () => {
  test('inserted account and product are there, and their removal leaves no row', async ({ shop, pool }) => {
    const user = await shop.insertAccount(account);
    const goods = await shop.insertProduct(product);
    expect(user).toMatchObject(account);
    expect(goods).toMatchObject({
      price: 50_000,
      stock: 10,
      name: expect.stringMatching(/^Keyboard #opl-[0-9a-f]{10}-2$/),
    });
    await sell(pool, user.userId, goods.productId, 50_000);
    expect(Object.values(await countRows(pool, Object.keys(schema)))).toEqual([1, 1, 1, 1, 1, 1, 1, 0, 0]);
    await shop.removeAccounts([user]);
    await shop.removeProducts([goods]);
    expect(await countRows(pool, Object.keys(schema))).toEqual(noRows);
  });

  test('2 concurrent connections never share rows, and neither removes those of the other', async ({
    connect,
    pool,
  }) => {
    const [one, other] = await Promise.all([connect(), connect()]);
    const [first, second] = await Promise.all([one.insertAccount(account), other.insertAccount(account)]);
    const [goods, others] = await Promise.all([one.insertProduct(product), other.insertProduct(product)]);
    expect(first.userId).not.toBe(second.userId);
    expect(goods.name).not.toBe(others.name);
    for (const user of [first, second]) await sell(pool, user.userId, goods.productId, 50_000);
    await one.removeAccounts([first]);
    await one.removeProducts([goods]);
    expect(await other.stateOf([second], [others])).toEqual({
      balances: [1_000_000],
      stock: [10],
      orders: ['paid'],
      payments: [50_000],
    });
  });

  test('removed balance leaves its user, and both are gone in the end', async ({ shop, pool }) => {
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    await shop.removeBalance(user);
    expect(await countRows(pool, ['users', 'user_balance'])).toEqual({ users: 2, user_balance: 1 });
    expect((await shop.stateOf([bystander])).balances).toEqual([1_000_000]);
    await shop.removeAccounts([user]);
    expect(await countRows(pool, ['users', 'user_balance'])).toEqual({ users: 1, user_balance: 1 });
  });

  test('orders of an account are removed without the account', async ({ shop, pool }) => {
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const { productId } = await shop.insertProduct(product);
    for (const { userId } of [user, bystander]) await sell(pool, userId, productId, 50_000);
    await shop.removeOrdersOf([user]);
    expect(await shop.stateOf([user])).toMatchObject({ balances: [1_000_000], orders: [], payments: [] });
    expect(await shop.stateOf([bystander])).toMatchObject({ orders: ['paid'], payments: [50_000] });
    expect(await countRows(pool, ['orders', 'order_items', 'payments'])).toEqual({
      orders: 1,
      order_items: 1,
      payments: 1,
    });
  });

  test('removal of nobody or of an unknown user removes nothing', async ({ shop, pool }) => {
    await shop.insertAccount(account);
    await shop.removeAccounts([]);
    await shop.removeProducts([]);
    await shop.removeOrdersOf([{ userId: 4711 }]);
    expect(await countRows(pool, ['users'])).toEqual({ users: 1 });
  });

  test('rows of an ended run are removed by the next run, those of a live run stay', async ({ connect, pool }) => {
    const [dead, living, next] = await Promise.all([connect(), connect(), connect()]);
    const left = await dead.insertAccount(account);
    await sell(pool, left.userId, (await dead.insertProduct(product)).productId, 50_000);
    const kept = await living.insertAccount(account);
    const keptGoods = await living.insertProduct(product);
    expect(await next.removeAbandonedRows()).toEqual({ accounts: 0, products: 0 });
    await dead.close();
    expect(await next.removeAbandonedRows()).toEqual({ accounts: 1, products: 1 });
    expect(await next.removeAbandonedRows()).toEqual({ accounts: 0, products: 0 });
    expect(await living.stateOf([kept], [keptGoods])).toMatchObject({ balances: [1_000_000], stock: [10] });
    await living.removeAccounts([kept]);
    await living.removeProducts([keptGoods]);
    expect(await countRows(pool, Object.keys(schema))).toEqual(noRows);
  });

  test('rows of a run whose connection was cut are removed by the next run', async ({ connect, pool }) => {
    const [killed, next] = await Promise.all([connect(), connect()]);
    const { name } = await killed.insertProduct(product);
    const lease = /opl-[0-9a-f]+/.exec(name)?.[0];
    const [[row]] = await pool.query<RowDataPacket[]>('SELECT IS_USED_LOCK(?) AS id', [`order-pay:${lease}`]);
    const { id } = z.object({ id: z.number() }).parse(row);
    await pool.query('KILL ?', [id]);
    // The server notices the cut connection only after a while.
    await expect.poll(() => next.removeAbandonedRows()).toEqual({ accounts: 0, products: 1 });
  });

  test("rows that only resemble the suite's are not removed", async ({ shop, pool }) => {
    await pool.query(
      "INSERT INTO users VALUES (NULL, 'a', 'opl-lookalike@order-pay.invalid'), (NULL, 'b', 'opl-0123456789-1@shop.example')",
    );
    await pool.query("INSERT INTO products VALUES (NULL, 'Box #opl-1', 1, 1), (NULL, 'opl-0123456789-1', 1, 1)");
    expect(await shop.removeAbandonedRows()).toEqual({ accounts: 0, products: 0 });
    expect(await countRows(pool, ['users', 'products'])).toEqual({ users: 2, products: 2 });
  });

  test('concurrent additions to balance and stock all take effect', async ({ shop }) => {
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const goods = await shop.insertProduct(product);
    await Promise.all(Array.from({ length: 20 }, (_, index) => shop.addToBalance(user, index % 2 ? 300 : -100)));
    await Promise.all(Array.from({ length: 10 }, () => shop.addToStock(goods, 2)));
    expect(await shop.stateOf([bystander, user], [goods])).toMatchObject({
      balances: [1_000_000, 1_002_000],
      stock: [30],
    });
  });

  test('status of an order is set to a word of the target, and that of no other order', async ({ shop, pool }) => {
    const users = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const goods = await shop.insertProduct(product);
    for (const { userId } of users) await sell(pool, userId, goods.productId, 50_000);
    const [order] = (await shop.ledger(users, [])).orders;
    await shop.setOrderStatus({ orderId: order?.orderId ?? 0 }, 'SHIPPED');
    expect((await shop.stateOf(users)).orders).toEqual(['SHIPPED', 'paid']);
  });

  test('state comes in the order asked for, with NaN for a missing balance', async ({ shop, pool }) => {
    const [first, second] = [
      await shop.insertAccount({ ...account, balance: 1 }),
      await shop.insertAccount({ ...account, balance: 2 }),
    ];
    const goods = await shop.insertProduct(product);
    for (const amount of [30, 10, 20]) {
      await sell(pool, first.userId, goods.productId, amount);
      await pool.query('UPDATE payment_idempotency SET idempotency_key = CONCAT(idempotency_key, ?)', [amount]);
    }
    await pool.query("UPDATE orders SET status = 'REFUNDED' WHERE total_amount = 30");
    await pool.query("UPDATE orders SET status = 'PENDING' WHERE total_amount = 10");
    expect(await shop.stateOf([second, { userId: -5 }, first], [goods])).toEqual({
      balances: [2, NaN, 1],
      stock: [10],
      orders: ['pending', 'paid', 'REFUNDED'],
      payments: [30, 10, 20],
    });
    expect(await shop.stateOf([])).toEqual({ balances: [], stock: [], orders: [], payments: [] });
  });

  test('unusable database is reported with the setting to check and never the password', async ({ database }) => {
    const attempts: readonly (readonly [Partial<DatabaseSettings>, RegExp])[] = [
      [{ port: 9 }, /No database answers at \S+:9 \(connection refused\).*DB_HOST and DB_PORT/],
      [{ name: 'no_such_database' }, /has no database named no_such_database.*DB_NAME/],
      [{ user: 'nobody_we_know', password: 'hunter2' }, /refused user nobody_we_know.*DB_USER, DB_PASSWORD/],
      [{ host: 'db.example.invalid' }, /db\.example\.invalid\S* is not on this machine.*ALLOW_WRITES_TO/],
    ];
    for (const [change, message] of attempts) {
      const failure = await ShopDatabase.connect({ ...database, ...change }, reference).catch(
        (error: unknown) => error,
      );
      expect(failure).toBeInstanceOf(UserError);
      expect(String(failure)).toMatch(message);
      expect(String(failure)).not.toContain('hunter2');
    }
  });
});
