import { withIndexHint } from '../../../../helpers/database/connection/with-index-hint.ts';
import { KeyRows } from '../../../../helpers/database/rows/key-rows.ts';
import { RowRemoval } from '../../../../helpers/database/rows/row-removal.ts';
import { readTableStructure } from '../../../../helpers/database/structure/table-structure.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { expect } from '../../../../fixtures/expect.ts';
import { countRows } from '../../support/outputs/count-rows.ts';
import { sell, test } from '../../support/servers/own-database.ts';

const tables = ['users', 'user_balance', 'products', 'orders', 'order_items', 'payments', 'payment_idempotency'];

test.describe('statements by index', () => {
  test('rows are changed and removed although another transaction locks all other rows', async ({ connect, pool }) => {
    const shop = await connect();
    const users = [];
    const products = [];
    for (const name of ['김하늘', '이바다', '박구름', '최산', '정강', '한별']) {
      const { userId } = await shop.insertAccount({ name, balance: 1_000 });
      const { productId } = await shop.insertProduct({ name, price: 500, stock: 9 });
      await sell(pool, userId, productId, 500);
      users.push(userId);
      products.push(productId);
    }
    const [bystander = 0, ...gone] = users;
    const [kept = 0, ...goods] = products;
    const structure = await readTableStructure(pool, reference.tables);
    const [holder, connection] = [await pool.getConnection(), await pool.getConnection()];
    try {
      await holder.beginTransaction();
      for (const [table, column, id] of [
        ['users', 'id', bystander],
        ['user_balance', 'user_id', bystander],
        ['products', 'id', kept],
        ['orders', 'user_id', bystander],
        ['order_items', 'product_id', kept],
        ['payments', 'user_id', bystander],
        ['payment_idempotency', 'user_id', bystander],
      ] as const) {
        await holder.query('SELECT * FROM ?? WHERE ?? = ? FOR UPDATE', [table, column, id]);
      }
      await connection.query('SET SESSION innodb_lock_wait_timeout = 1');
      const removal = new RowRemoval(connection, reference, structure, 1);
      const keyRows = new KeyRows(connection, structure, reference.tables.orders);
      const keys = { table: 'payment_idempotency', userId: 'user_id', expiresAt: 'expires_at' };
      for (const userId of gone) expect(await keyRows.expireBut(undefined, keys, userId)).toBe(1);
      await removal.removeAccounts(gone);
      await removal.removeProducts(goods);
    } finally {
      await holder.rollback();
      holder.release();
      connection.release();
    }
    expect(Object.values(await countRows(pool, tables))).toEqual(tables.map(() => 1));
  });

  test('rows without a usable index are removed all the same', async ({ pool }) => {
    await pool.query('CREATE TABLE notes (id BIGINT PRIMARY KEY, author VARCHAR(20), about INT, KEY (author))');
    await pool.query("INSERT INTO notes VALUES (1, '1', 1), (2, '2', 2), (3, '3', 3), (4, '04', 4)");
    const structure = await readTableStructure(pool, reference.tables);
    const removing = (column: string, ids: readonly number[]) =>
      pool.query(...withIndexHint(structure, 'notes', [column], ['DELETE FROM notes WHERE ?? IN (?)', [column, ids]]));
    await removing('about', [1]);
    await removing('author', [2, 4]);
    expect(await countRows(pool, ['notes'])).toEqual({ notes: 1 });
  });
});
