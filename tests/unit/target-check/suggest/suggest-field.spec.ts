import { expect, test } from '@playwright/test';
import { suggestField } from '../../../../helpers/target-check/suggest/suggest-field.ts';
import type { MoneyForm } from '../../../../helpers/profile/target-profile.ts';

const money: MoneyForm = { decimals: 0, inJson: 'minor-units', inTables: 'minor-units' };

const found = (json: unknown, field: string, expected?: number | string): string | undefined =>
  suggestField(json, { field, path: field, money, ...(expected !== undefined && { expected }) })?.path;

test.describe('field suggestions', () => {
  test('field is found when nested, spelled differently or abbreviated', () => {
    expect(found({ data: { orderId: 7 } }, 'orderId')).toBe('data.orderId');
    expect(found({ order_id: 7 }, 'orderId')).toBe('order_id');
    expect(found({ id: 7, note: 'x' }, 'orderId')).toBe('id');
    expect(found({ data: { order: { id: 7 }, user: { id: 8 } } }, 'orderId')).toBe('data.order.id');
    expect(found({ result: { total: 500 } }, 'totalAmount')).toBe('result.total');
    expect(found({ lines: [1], items_: [{}] }, 'items')).toBe('items_');
    expect(found({ order: { created_at: '2026-01-02T03:04:05Z', total: 1 } }, 'createdAt')).toBe('order.created_at');
    expect(found({ paid_at: null }, 'paidAt')).toBe('paid_at');
  });

  test('amount is found by its value under any name and in any form, an id only by its exact value', () => {
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
});
