import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { suggestList } from '../../../../helpers/target-check/suggest/suggest-list.ts';

test.describe('list suggestions', () => {
  test('list that holds the requested item is suggested, with the path of its id', () => {
    const item = { product: { id: 7 }, stock: 3 };
    const json = { tags: ['7'], data: { promoted: [{ id: 8 }], products: [{ product: { id: 8 } }, item] } };
    expect(suggestList(json, { productId: 7 })).toEqual({
      inList: 'data.products',
      item,
      field: 'productId',
      path: 'product.id',
    });
  });

  test('answer that is itself a list is suggested as an empty path', () => {
    expect(suggestList([{ order_no: 'a1' }], { orderId: 'a1' })).toMatchObject({ inList: '', path: 'order_no' });
  });

  test('number in another field is not taken for an id, and an id that was not requested suggests nothing', () => {
    expect(suggestList({ list: [{ stock: 7 }] }, { productId: 7 })).toBeUndefined();
    expect(suggestList({ list: [{ id: 7 }] }, { userId: 7 })).toBeUndefined();
  });
});
