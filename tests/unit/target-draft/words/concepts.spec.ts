import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { speaksOf } from '../../../../helpers/target-draft/words/concepts.ts';
import { wordsOf } from '../../../../helpers/target-draft/words/words-of.ts';

test.describe('words', () => {
  for (const [name, words] of [
    ['orderItems', ['order', 'item']],
    ['order_items', ['order', 'item']],
    ['Order-Item', ['order', 'item']],
    ['HTTPStatus', ['http', 'status']],
    ['unitPrices2', ['unit', 'prices2']],
    ['categories', ['category']],
    ['address', ['address']],
  ] as const) {
    test(`name ${name} has the words ${words.join(', ')}`, () => {
      expect(wordsOf(name)).toEqual(words);
    });
  }

  for (const [concept, name] of [
    ['user', 'memberId'],
    ['balance', 'user_points'],
    ['topUp', 'top-up'],
    ['topUp', '포인트를 충전한다'],
    ['payment', '주문 결제'],
    ['cancel', 'orderCancellation'],
    ['key', 'Idempotency-Key'],
    ['key', '멱등키'],
  ] as const) {
    test(`${name} means ${concept}`, () => {
      expect(speaksOf(concept, name)).toBe(true);
    });
  }

  for (const [concept, name] of [
    ['order', 'border'],
    ['payment', 'payload'],
    ['user', 'use'],
    ['product', 'production'],
  ] as const) {
    test(`${name} does not mean ${concept}`, () => {
      expect(speaksOf(concept, name)).toBe(false);
    });
  }
});
