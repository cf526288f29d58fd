import { expect } from '../../../../fixtures/expect.ts';
import { sell, test } from '../../support/servers/own-database.ts';

const account = { name: '김하늘', balance: 1_000_000 };
const product = { name: 'Keyboard', price: 50_000, stock: 10 };

test.describe('orphaned order lines', () => {
  test('order line without its order is reported where an index finds it', async ({ connect, pool }) => {
    const shop = await connect();
    const [user, goods] = [await shop.insertAccount(account), await shop.insertProduct(product)];
    await sell(pool, user.userId, goods.productId, 50_000);
    expect(await shop.orphanedOrderLines([goods])).toEqual([]);
    await pool.query('DELETE FROM orders');
    expect(await shop.orphanedOrderLines([goods])).toEqual([
      expect.stringMatching(`^line of order \\d+, which is not there: 1 × product ${goods.productId}$`),
    ]);
    expect(await shop.orphanedOrderLines([])).toEqual([]);
    await pool.query('ALTER TABLE order_items DROP INDEX product_id');
    expect(await (await connect()).orphanedOrderLines([goods])).toEqual([]);
  });
});
