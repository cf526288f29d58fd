import { expect, test } from '@playwright/test';
import { ShopModel } from '../../../helpers/model/shop-model.ts';

const atPayment = { balanceIsCheckedAt: 'payment', stockIsCheckedAt: 'order', stockIsTakenAt: 'payment' } as const;

const newModel = (policies: ConstructorParameters<typeof ShopModel>[0] = atPayment): ShopModel =>
  new ShopModel(policies, { balances: [25_000, 10_000], stock: [3], prices: [10_000] });

test.describe('shop model', () => {
  test('model pays an order once, replays its key and refuses another key', () => {
    const model = newModel();
    expect(model.order(0, 0, 2)).toEqual({ kind: 'done' });
    expect(model.pay(0, 0, 'a')).toEqual({ kind: 'done' });
    expect(model.pay(0, 0, 'a')).toEqual({ kind: 'replay', of: ShopModel.useOf.payment(0) });
    expect(model.pay(0, 0, 'b')).toMatchObject({ kind: 'refused', reasons: expect.arrayContaining(['order-state']) });
    expect(model).toMatchObject({ balances: [5_000, 10_000], stock: [1] });
  });

  test('model names every cause of refusal that holds', () => {
    const model = newModel();
    model.order(1, 0, 3);
    model.order(0, 0, 1);
    model.pay(1, 0, 'a');
    expect(model.pay(0, 1, 'a')).toEqual({ kind: 'refused', reasons: ['stock', 'balance'] });
    expect(model.pay(0, 0, 'b')).toEqual({ kind: 'refused', reasons: ['foreign-order', 'stock', 'balance'] });
    expect(model.order(0, 0, 3)).toEqual({ kind: 'refused', reasons: ['stock'] });
  });

  test('model tops up once per key and refuses the key with another amount', () => {
    const model = newModel();
    expect(model.charge(1, 5_000, 'a')).toEqual({ kind: 'done' });
    expect(model.charge(1, 5_000, 'a')).toEqual({ kind: 'replay', of: ShopModel.useOf.charge(1, 5_000, 'a') });
    expect(model.charge(1, 6_000, 'a')).toEqual({
      kind: 'refused',
      reasons: ['key-reuse', 'invalid-charge', 'invalid-input'],
    });
    expect(model.balances).toEqual([25_000, 15_000]);
  });

  test('model takes stock when the policies say and gives it back on cancellation', () => {
    const model = newModel({ ...atPayment, stockIsTakenAt: 'order' });
    model.order(0, 0, 2);
    expect(model.stock).toEqual([1]);
    expect(model.cancel(0, 0)).toEqual({ kind: 'done' });
    expect(model.stock).toEqual([3]);
    expect(model.cancel(0, 0)).toEqual({ kind: 'refused', reasons: ['order-state'] });
    expect(model.pay(0, 0, 'a')).toEqual({ kind: 'refused', reasons: ['order-state'] });
  });

  test('model refuses an unaffordable order where balance is checked at the order', () => {
    const model = newModel({ ...atPayment, balanceIsCheckedAt: 'order' });
    expect(model.order(1, 0, 2)).toEqual({ kind: 'refused', reasons: ['balance'] });
    expect(model.order(1, 0, 4)).toEqual({ kind: 'refused', reasons: ['stock', 'balance'] });
    expect(model.orders).toEqual([]);
  });
});
