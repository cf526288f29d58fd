import { expect } from '../../../fixtures/expect.ts';
import { InsertedRows } from '../../../helpers/seeding/seeding.ts';
import { countRows } from '../support/outputs/count-rows.ts';
import { test } from '../support/servers/own-database.ts';

const account = { name: '김하늘', balance: 10_000 };
const product = { name: 'Keyboard', price: 5_000, stock: 3 };
const tables = ['users', 'user_balance', 'products'];

test.describe('inserted rows', () => {
  test('rows of ended tests are removed together, the rest in the end', async ({ shop, pool }) => {
    const seeding = new InsertedRows(shop, 3);
    const left: number[][] = [];
    for (let nth = 1; nth <= 4; nth += 1) {
      const rows = { accounts: [await seeding.newAccount(account)], products: [await seeding.newProduct(product)] };
      await seeding.putBack(rows);
      left.push(Object.values(await countRows(pool, tables)));
    }
    expect(left).toEqual([
      [1, 1, 1],
      [2, 2, 2],
      [0, 0, 0],
      [1, 1, 1],
    ]);
    await seeding.finish();
    expect(await countRows(pool, tables)).toEqual({ users: 0, user_balance: 0, products: 0 });
  });

  test('rows that could not be removed are removed the next time', async ({ shop, pool }) => {
    const seeding = new InsertedRows(shop);
    const accounts = [await seeding.newAccount(account)];
    await pool.query("CREATE TRIGGER kept BEFORE DELETE ON users FOR EACH ROW SIGNAL SQLSTATE '45000'");
    await expect(seeding.putBack({ accounts, products: [] })).rejects.toThrow(
      'Rows of this test or of an earlier one cannot be removed: Unhandled user-defined exception',
    );
    await pool.query('DROP TRIGGER kept');
    await seeding.finish();
    expect(await countRows(pool, tables)).toEqual({ users: 0, user_balance: 0, products: 0 });
  });
});
