import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { suggestList } from '../../../../helpers/target-check/suggest/suggest-list.ts';

test.describe('list with what was asked for', () => {
  test('list is named, and where its items have their ids', () => {
    const item = { product: { id: 7 }, stock: 3 };
    const json = { tags: ['7'], data: { promoted: [{ id: 8 }], products: [{ product: { id: 8 } }, item] } };
    expect(suggestList(json, { productId: 7 })).toEqual({
      inList: 'data.products',
      item,
      field: 'productId',
      path: 'product.id',
    });
  });

  test('answer that is a list itself is named by an empty path', () => {
    expect(suggestList([{ order_no: 'a1' }], { orderId: 'a1' })).toMatchObject({ inList: '', path: 'order_no' });
  });

  test('number that is no id is not taken for one, nor is anything where nothing was asked for', () => {
    expect(suggestList({ list: [{ stock: 7 }] }, { productId: 7 })).toBeUndefined();
    expect(suggestList({ list: [{ id: 7 }] }, { userId: 7 })).toBeUndefined();
  });
});
