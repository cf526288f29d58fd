import { expect, test } from '@playwright/test';
import { suggestColumn, suggestTables } from '../../../../helpers/database/structure/suggest-table.ts';

test.describe('table suggestions', () => {
  test('tables and columns are found by name and by their other columns', () => {
    const tables = new Map([
      ['app_user', ['id', 'full_name', 'email']],
      ['wallets', ['owner_id', 'balance']],
      ['purchase_orders', ['id', 'user_id', 'total', 'state']],
    ]);
    expect(suggestTables('app_users', ['id'], tables)[0]).toBe('app_user');
    expect(suggestTables('user_balance', ['owner_id', 'balance'], tables)[0]).toBe('wallets');
    expect(suggestTables('orders', ['id', 'user_id', 'total', 'status'], tables)[0]).toBe('purchase_orders');
    expect(suggestTables('coupons', ['code'], tables)).toEqual([]);
    expect(suggestColumn('purchase_orders', 'total_amount', tables)?.column).toBe('total');
    expect(suggestColumn('app_user', 'name', tables)?.column).toBe('full_name');
    expect(suggestColumn('app_user', 'balance', tables)).toEqual({ table: 'wallets', column: 'balance' });
    expect(suggestColumn('wallets', 'colour', tables)).toBeUndefined();
  });
});
