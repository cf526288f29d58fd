import { expect, test } from '@playwright/test';
import { suggestErrorField } from '../../../../helpers/target-check/suggest/suggest-error-field.ts';
import { suggestField } from '../../../../helpers/target-check/suggest/suggest-field.ts';
import { moneyFormOf, readableMoneyForm } from '../../../../helpers/target-check/suggest/suggest-money.ts';
import { suggestColumn, suggestTables } from '../../../../helpers/target-check/suggest/suggest-table.ts';
import type { MoneyForm } from '../../../../helpers/profile/target-profile.ts';

const money: MoneyForm = { decimals: 0, inJson: 'minor-units', inTables: 'minor-units' };

const found = (json: unknown, field: string, expected?: number | string): string | undefined =>
  suggestField(json, { field, path: field, money, ...(expected !== undefined && { expected }) })?.path;

const form = (value: unknown, amount: number, profile: Partial<MoneyForm> = {}): string | undefined => {
  const of = moneyFormOf(value, amount, { ...money, ...profile });
  return of && `${of.decimals} ${of.inJson}`;
};

test.describe('field suggestions', () => {
  test('field is found when nested, spelled differently or named in part', () => {
    expect(found({ data: { orderId: 7 } }, 'orderId')).toBe('data.orderId');
    expect(found({ order_id: 7 }, 'orderId')).toBe('order_id');
    expect(found({ id: 7, note: 'x' }, 'orderId')).toBe('id');
    expect(found({ data: { order: { id: 7 }, user: { id: 8 } } }, 'orderId')).toBe('data.order.id');
    expect(found({ result: { total: 500 } }, 'totalAmount')).toBe('result.total');
    expect(found({ lines: [1], items_: [{}] }, 'items')).toBe('items_');
    expect(found({ order: { created_at: '2026-01-02T03:04:05Z', total: 1 } }, 'createdAt')).toBe('order.created_at');
    expect(found({ paid_at: null }, 'paidAt')).toBe('paid_at');
  });

  test('field is found by its value under any name and in any form, an id only by its value', () => {
    expect(found({ amount: 24_690, fee: 12 }, 'totalAmount', 24_690)).toBe('amount');
    expect(found({ sum: { value: '246.90', currency: 'EUR' } }, 'totalAmount', 24_690)).toBe('sum.value');
    expect(found({ id: 3, reference: '8f14e45f-ceea' }, 'orderId', '8f14e45f-ceea')).toBe('reference');
    expect(found({ id: 3, userId: 4 }, 'orderId', 7777)).toBeUndefined();
    expect(found({ userId: 7, id: '7' }, 'orderId', 7)).toBe('id');
  });

  test('no field is suggested without a similar name or value', () => {
    expect(found({ version: 7, ok: true }, 'orderId')).toBeUndefined();
    expect(found({ balance: 'plenty' }, 'balance')).toBeUndefined();
    expect(found('<html>', 'orderId')).toBeUndefined();
    expect(found(JSON.parse(`${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`), 'orderId')).toBeUndefined();
  });

  test('code, message and timestamp of an error are found in common envelopes', () => {
    const suggested = (json: unknown) =>
      (['code', 'message', 'timestamp'] as const).map((field) => suggestErrorField(json, field, 422)?.path);
    expect(suggested({ type: 'https://shop.example/low', title: 'Low', status: 422, detail: 'Too low' })).toEqual([
      'type',
      'detail',
      undefined,
    ]);
    expect(suggested({ error: { code: 'LOW', message: 'Too low', time: '2026-01-02T03:04:05Z' } })).toEqual([
      'error.code',
      'error.message',
      'error.time',
    ]);
    expect(suggested({ code: 422, errorCode: 'LOW', msg: 'Too low' })).toEqual(['errorCode', 'msg', undefined]);
  });

  test('money form is found under which an answer equals the amount in the table', () => {
    expect(form(1_234_567, 1_234_567)).toBe('0 minor-units');
    expect(form('12345.67', 1_234_567)).toBe('2 decimal-string');
    expect(form(12_345.67, 1_234_567)).toBe('2 decimal-number');
    expect(form('1234.567', 1_234_567)).toBe('3 decimal-string');
    // A DECIMAL column: what was written as 1234567 is 100 times as much in cents.
    expect(form(123_456_700, 1_234_567, { inTables: 'decimal' })).toBe('2 minor-units');
    expect(form(5, 1_234_567)).toBeUndefined();
    expect(readableMoneyForm('10.00', money)).toEqual({ ...money, decimals: 2, inJson: 'decimal-string' });
    expect(readableMoneyForm('ten', money)).toBeUndefined();
  });

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
