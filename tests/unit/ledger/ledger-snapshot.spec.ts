import { expect } from '../../../fixtures/expect.ts';
import { test } from '../support/servers/own-database.ts';

test.describe('ledger snapshot', () => {
  test('snapshot of nobody is empty, even where the target has rows of a user -1', async ({ connect, pool }) => {
    await pool.query("INSERT INTO users (id, name, email) VALUES (-1, 'nobody', 'nobody@shop.example')");
    await pool.query('INSERT INTO user_balance (user_id, balance) VALUES (-1, 1000)');
    const shop = await connect();
    expect(await shop.ledger([], [])).toEqual({ accounts: [], products: [], orders: [], items: [], payments: [] });
  });
});
