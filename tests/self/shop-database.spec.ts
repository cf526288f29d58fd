import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { expect } from '../../fixtures/expect.ts';
import { schema } from '../../fixtures/reference-shop/schema.ts';
import type { DatabaseSettings } from '../../helpers/settings.ts';
import type { Id } from '../../helpers/ids.ts';
import { missingStructure } from '../../helpers/missing-structure.ts';
import { ShopDatabase } from '../../helpers/shop-database.ts';
import { reference } from '../../helpers/targets/reference.ts';
import { UserError } from '../../helpers/user-error.ts';
import { sell, test } from './own-database.ts';

const countSchema = z.object({ rows: z.number() });

const countRows = async (pool: Pool, tables: readonly string[]): Promise<Record<string, number>> => {
  const counts = tables.map(async (table): Promise<[string, number]> => {
    const [[row]] = await pool.query<RowDataPacket[]>('SELECT COUNT(*) AS `rows` FROM ??', [table]);
    return [table, countSchema.parse(row).rows];
  });
  return Object.fromEntries(await Promise.all(counts));
};

const noRows = Object.fromEntries(Object.keys(schema).map((table) => [table, 0]));

const account = { name: '김하늘', balance: 1_000_000 };
const product = { name: 'Keyboard', price: 50_000, stock: 10 };

test.describe('shop database', () => {
  test('what is inserted is there, and what is removed leaves nothing', async ({ shop, pool }) => {
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

  test('two connections never share, and one removes nothing of the other', async ({ connect, pool }) => {
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

  test('the orders of an account go without the account', async ({ shop, pool }) => {
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

  test('removing none removes nothing', async ({ shop, pool }) => {
    await shop.insertAccount(account);
    await shop.removeAccounts([]);
    await shop.removeProducts([]);
    await shop.removeOrdersOf([{ userId: 4711 }]);
    expect(await countRows(pool, ['users'])).toEqual({ users: 1 });
  });

  test('rows of a run that ended stay until the next one, those of a living one stay for good', async ({
    connect,
    pool,
  }) => {
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

  test('a run that was killed is recognized by its cut connection', async ({ connect, pool }) => {
    const [killed, next] = await Promise.all([connect(), connect()]);
    const { name } = await killed.insertProduct(product);
    const lease = /opl-[0-9a-f]+/.exec(name)?.[0];
    const [[row]] = await pool.query<RowDataPacket[]>('SELECT IS_USED_LOCK(?) AS id', [`order-pay:${lease}`]);
    const { id } = z.object({ id: z.number() }).parse(row);
    await pool.query('KILL ?', [id]);
    // The server notices in its own time.
    await expect.poll(() => next.removeAbandonedRows()).toEqual({ accounts: 0, products: 1 });
  });

  test("rows that merely look like the suite's are left alone", async ({ shop, pool }) => {
    await pool.query(
      "INSERT INTO users VALUES (NULL, 'a', 'opl-lookalike@order-pay.invalid'), (NULL, 'b', 'opl-0123456789-1@shop.example')",
    );
    await pool.query("INSERT INTO products VALUES (NULL, 'Box #opl-1', 1, 1), (NULL, 'opl-0123456789-1', 1, 1)");
    expect(await shop.removeAbandonedRows()).toEqual({ accounts: 0, products: 0 });
    expect(await countRows(pool, ['users', 'products'])).toEqual({ users: 2, products: 2 });
  });

  test('balance and stock are added to, so that nothing done meanwhile is undone', async ({ shop }) => {
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const goods = await shop.insertProduct(product);
    await Promise.all(Array.from({ length: 20 }, (_, index) => shop.addToBalance(user, index % 2 ? 300 : -100)));
    await Promise.all(Array.from({ length: 10 }, () => shop.addToStock(goods, 2)));
    expect(await shop.stateOf([bystander, user], [goods])).toMatchObject({
      balances: [1_000_000, 1_002_000],
      stock: [30],
    });
  });

  test('the state is told in the order asked for, and what is not there is no number', async ({ shop, pool }) => {
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

  test('columns and tables that the profile names and the database lacks are found', async ({ connect, pool }) => {
    await pool.query('ALTER TABLE products RENAME COLUMN price TO amount');
    await pool.query('DROP TABLE payments');
    const { profile, structure } = await connect();
    expect(missingStructure(profile, structure)).toEqual(['products.price', 'table payments']);
  });

  test('columns that the profile does not know, but the database demands, are filled', async ({ connect, pool }) => {
    await pool.query(`ALTER TABLE users
      ADD age INT NOT NULL, ADD rate DECIMAL(5, 2) NOT NULL, ADD active BIT NOT NULL, ADD city VARCHAR(10) NOT NULL,
      ADD role ENUM ('USER', 'ADMIN') NOT NULL, ADD extra JSON NOT NULL, ADD note TEXT NOT NULL, ADD photo BLOB NOT NULL,
      ADD born DATE NOT NULL, ADD wakes TIME NOT NULL, ADD joined DATETIME(6) NOT NULL, ADD since YEAR NOT NULL,
      ADD login VARCHAR(20) NOT NULL UNIQUE, ADD number BIGINT NOT NULL UNIQUE, ADD nick VARCHAR(10) NULL,
      ADD level INT NOT NULL DEFAULT 3, ADD doubled INT GENERATED ALWAYS AS (level * 2) STORED`);
    const shop = await connect();
    await shop.insertAccount(account);
    await shop.insertAccount(account);
    const [rows] = await pool.query('SELECT age, city, role, nick, level, doubled FROM users');
    const filled = { age: 0, city: '', role: 'USER', nick: null, level: 3, doubled: 6 };
    expect(rows).toEqual([filled, filled]);
  });

  test('rows in unknown tables that hang on ours are removed too', async ({ connect, pool }) => {
    await pool.query(
      'CREATE TABLE outbox (id INT PRIMARY KEY AUTO_INCREMENT, paid BIGINT NOT NULL, FOREIGN KEY (paid) REFERENCES payments (id))',
    );
    await pool.query(
      'CREATE TABLE deliveries (outbox_id INT NOT NULL, FOREIGN KEY (outbox_id) REFERENCES outbox (id))',
    );
    await pool.query('CREATE TABLE likes (product BIGINT NOT NULL, FOREIGN KEY (product) REFERENCES products (id))');
    const shop = await connect();
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const [goods, others] = [await shop.insertProduct(product), await shop.insertProduct(product)];
    for (const { userId } of [user, bystander]) await sell(pool, userId, goods.productId, 50_000);
    await pool.query('INSERT INTO outbox (paid) SELECT id FROM payments');
    await pool.query('INSERT INTO deliveries SELECT id FROM outbox');
    await pool.query('INSERT INTO likes SELECT id FROM products');
    await shop.removeAccounts([user]);
    await shop.removeProducts([goods]);
    const tables = ['users', 'payments', 'outbox', 'deliveries', 'products', 'likes'];
    expect(Object.values(await countRows(pool, tables))).toEqual([1, 1, 1, 1, 1, 1]);
    expect((await shop.stateOf([bystander], [others])).payments).toEqual([50_000]);
  });

  test('rows that point at one another in a circle, or at rows of their own table, are removed too', async ({
    connect,
    pool,
  }) => {
    await pool.query('ALTER TABLE payments ADD FOREIGN KEY (order_id) REFERENCES orders (id)');
    await pool.query(
      'ALTER TABLE orders ADD last_payment BIGINT NULL, ADD FOREIGN KEY (user_id) REFERENCES users (id)',
    );
    await pool.query('ALTER TABLE orders ADD FOREIGN KEY (last_payment) REFERENCES payments (id)');
    await pool.query(
      'ALTER TABLE users ADD last_order BIGINT NULL, ADD FOREIGN KEY (last_order) REFERENCES orders (id)',
    );
    await pool.query(`CREATE TABLE entries (id BIGINT PRIMARY KEY AUTO_INCREMENT, paid BIGINT NOT NULL, before_it BIGINT NULL,
      FOREIGN KEY (paid) REFERENCES payments (id), FOREIGN KEY (before_it) REFERENCES entries (id))`);
    const shop = await connect();
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    const sellChained = async ({ userId }: { userId: Id }): Promise<void> => {
      for (const amount of [10, 20]) {
        const orderId = Number(userId) * 1000 + amount;
        await pool.query('INSERT INTO orders VALUES (?, ?, ?, ?, 0, ?, ?, UTC_TIMESTAMP(), UTC_TIMESTAMP(), NULL)', [
          ...[orderId, `ORD-${orderId}`, userId, amount, amount, 'COMPLETED'],
        ]);
        await pool.query('INSERT INTO payments VALUES (NULL, ?, ?, ?, UTC_TIMESTAMP())', [orderId, userId, amount]);
      }
    };
    for (const one of [user, bystander]) await sellChained(one);
    await pool.query('UPDATE orders SET last_payment = (SELECT id FROM payments WHERE order_id = orders.id)');
    await pool.query('UPDATE users SET last_order = (SELECT MAX(id) FROM orders WHERE user_id = users.id)');
    await pool.query('INSERT INTO entries SELECT id, id, IF(id IN (1, 3), NULL, id - 1) FROM payments ORDER BY id');
    await shop.removeAccounts([user]);
    expect(Object.values(await countRows(pool, ['users', 'orders', 'payments', 'entries']))).toEqual([1, 2, 2, 2]);
    const [kept] = await pool.query('SELECT COUNT(last_order) AS kept FROM users');
    expect(kept).toEqual([{ kept: 1 }]);
    await shop.removeOrdersOf([bystander]);
    expect(Object.values(await countRows(pool, ['users', 'orders', 'payments', 'entries']))).toEqual([1, 0, 0, 0]);
  });

  test('of rows that point at ours with several columns, only those that point at ours are removed', async ({
    connect,
    pool,
  }) => {
    await pool.query('ALTER TABLE orders ADD tenant BIGINT NOT NULL DEFAULT 1, ADD UNIQUE (tenant, id)');
    await pool.query(`CREATE TABLE deliveries (tenant BIGINT NOT NULL, order_id BIGINT NOT NULL,
      FOREIGN KEY (tenant, order_id) REFERENCES orders (tenant, id))`);
    await pool.query(`CREATE TABLE key_uses (owner BIGINT NOT NULL, used VARBINARY(400) NOT NULL,
      FOREIGN KEY (owner, used) REFERENCES payment_idempotency (user_id, idempotency_key))`);
    const shop = await connect();
    const [user, bystander] = [await shop.insertAccount(account), await shop.insertAccount(account)];
    for (const { userId } of [user, bystander]) {
      await pool.query(
        `INSERT INTO orders SET id = ?, order_number = ?, user_id = ?, subtotal_amount = 1, discount_amount = 0,
           total_amount = 1, status = 'PENDING', created_at = UTC_TIMESTAMP()`,
        [userId, `ORD-${userId}`, userId],
      );
      await pool.query(
        `INSERT INTO payment_idempotency VALUES (NULL, ?, 'k', ?, 'h', 'DONE', NULL, UTC_TIMESTAMP(), UTC_TIMESTAMP())`,
        [userId, userId],
      );
    }
    await pool.query('INSERT INTO deliveries SELECT tenant, id FROM orders');
    await pool.query('INSERT INTO key_uses SELECT user_id, idempotency_key FROM payment_idempotency');
    await shop.removeAccounts([user]);
    const tables = ['users', 'orders', 'deliveries', 'payment_idempotency', 'key_uses'];
    expect(Object.values(await countRows(pool, tables))).toEqual([1, 1, 1, 1, 1]);
    expect(await shop.stateOf([bystander])).toMatchObject({ orders: ['pending'] });
  });

  test('a database that cannot be used says which setting to look at, and never the password', async ({ database }) => {
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
