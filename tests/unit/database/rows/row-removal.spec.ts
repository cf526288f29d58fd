import { expect } from '../../../../fixtures/expect.ts';
import type { Id } from '../../../../helpers/profile/ids.ts';
import { countRows } from '../../support/outputs/count-rows.ts';
import { sell, test } from '../../support/servers/own-database.ts';

const account = { name: '김하늘', balance: 1_000_000 };
const product = { name: 'Keyboard', price: 50_000, stock: 10 };

test.describe('row removal', () => {
  test('rows with circular or self-referencing foreign keys are removed', async ({ connect, pool }) => {
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

  test('rows of unknown tables that reference removed rows are removed too', async ({ connect, pool }) => {
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

  test('users, balances and products that reference removed orders stay and lose the reference', async ({
    connect,
    pool,
  }) => {
    await pool.query(
      'ALTER TABLE user_balance ADD last_payment BIGINT NULL, ADD FOREIGN KEY (last_payment) REFERENCES payments (id)',
    );
    await pool.query(
      'ALTER TABLE products ADD last_order BIGINT NULL, ADD FOREIGN KEY (last_order) REFERENCES orders (id)',
    );
    await pool.query(`CREATE TABLE people (id BIGINT PRIMARY KEY, last_order BIGINT NULL,
      FOREIGN KEY (last_order) REFERENCES orders (id))`);
    await pool.query('INSERT INTO people VALUES (0, NULL)');
    await pool.query(
      'ALTER TABLE users ADD person BIGINT NOT NULL DEFAULT 0, ADD FOREIGN KEY (person) REFERENCES people (id)',
    );
    const shop = await connect();
    const [user, goods] = [
      await shop.insertAccount(account),
      await shop.insertProduct({ name: 'Keyboard', price: 500, stock: 9 }),
    ];
    await sell(pool, user.userId, goods.productId, 500);
    await pool.query('UPDATE user_balance SET last_payment = (SELECT MAX(id) FROM payments)');
    await pool.query('UPDATE products SET last_order = (SELECT MAX(id) FROM orders)');
    await pool.query('UPDATE people SET last_order = (SELECT MAX(id) FROM orders)');
    await shop.removeOrdersOf([user]);
    expect(await shop.stateOf([user], [goods])).toEqual({
      balances: [1_000_000],
      stock: [9],
      orders: [],
      payments: [],
    });
    expect(Object.values(await countRows(pool, ['users', 'people', 'payments']))).toEqual([1, 1, 0]);
  });

  test('of rows with a composite foreign key only those that reference removed rows go', async ({ connect, pool }) => {
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
});
