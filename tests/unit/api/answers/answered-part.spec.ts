import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import lookedUpInLists from '../../../../fixtures/shops/targets/looked-up-in-lists.ts';
import { answerReaders } from '../../../../helpers/api/answers/answers.ts';

const order = (orderId: number, status: string): object => ({ orderId, status });
const read = answerReaders({
  ...lookedUpInLists,
  endpoints: {
    ...lookedUpInLists.endpoints,
    getOrder: {
      ...lookedUpInLists.endpoints.getOrder,
      answer: { orderId: 'orderId', status: 'status', totalAmount: 'total' },
    },
  },
});

test.describe('answers that are lists', () => {
  test('order is the one of the list that was asked for', () => {
    const json = { data: { content: [order(1, 'PAID'), { ...order(2, 'OPEN'), total: 5 }] } };
    expect(read.order(json, { orderId: 2 })).toEqual({ answer: { orderId: 2, status: 'OPEN', totalAmount: 5 } });
    expect(read.order(json, { orderId: 3 })).toEqual({
      malformed: ['data.content: a list with what was asked for was expected'],
    });
  });

  test('product is found in an answer that is the list itself, and in nothing else', () => {
    const product = { productId: 7, name: 'Lamp', price: 10, stock: 3 };
    expect(read.product([product], { productId: '7' })).toEqual({ answer: product });
    for (const json of [product, {}, null, 'list', [null, 7]]) {
      expect(read.product(json, { productId: 7 })).toEqual({
        malformed: ['the answer: a list with what was asked for was expected'],
      });
    }
  });
});
