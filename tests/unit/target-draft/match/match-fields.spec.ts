import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { DocumentedField } from '../../../../helpers/target-draft/document/operation.ts';
import { matchFields } from '../../../../helpers/target-draft/match/match-fields.ts';

const field = (path: string, more: Partial<DocumentedField> = {}): DocumentedField => ({
  ...{ path, type: 'string', isRequired: true, description: '', values: [] },
  ...more,
});

const found = (fields: readonly DocumentedField[], ...wanted: Parameters<typeof matchFields>[1]['wanted']) =>
  Object.fromEntries(Object.entries(matchFields(fields, { wanted })).map(([name, { path }]) => [name, path]));

test.describe('fields of a document', () => {
  test("id of a user's coupon is no user id, and that of a product option is a product id", () => {
    expect(found([field('userCouponId')], 'userId')).toEqual({});
    expect(found([field('userCouponId'), field('buyerId')], 'userId')).toEqual({ userId: 'buyerId' });
    expect(found([field('productOptionId', { type: 'integer' })], 'productId')).toEqual({
      productId: 'productOptionId',
    });
  });

  test('Korean description that mentions an order names its id only if it says so', () => {
    expect(found([field('quantity', { type: 'integer', description: '주문 수량' })], 'orderId')).toEqual({});
    expect(found([field('no', { description: '주문 번호' })], 'orderId')).toEqual({ orderId: 'no' });
  });

  test('date is no id, and a modification date no payment date', () => {
    const updatedAt = field('updatedAt', { format: 'date-time', description: '주문 식별자' });
    expect(found([updatedAt], 'orderId', 'paidAt')).toEqual({});
  });
});
