import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { Field } from '../../../helpers/text/json.ts';

const badQuantities: readonly (readonly [string, Field])[] = [
  ['quantity 0', 0],
  ['quantity -1', -1],
  ['quantity 1.5', 1.5],
  ['no quantity', undefined],
  ['quantity null', null],
];

/** Quantities of the wrong JSON type that a lenient parser reads as a number of pieces. */
const readableQuantities: readonly (readonly [string, Field, pieces: number])[] = [
  ['the text 1', '1', 1],
  ['the text 2', '2', 2],
  ['true', true, 1],
];

/** Negative quantities that no other check refuses: pieces, total and stock stay within their bounds. */
const outweighedQuantities: readonly (readonly [string, readonly number[]])[] = [
  ['a negative quantity after a larger one', [3, -1]],
  ['a negative quantity before a larger one', [-1, 3]],
];

test.describe(
  'malformed order quantities',
  { tag: ['@contract', '@orders'], annotation: promise('malformed-quantity-refused') },
  () => {
    for (const [kind, quantity] of badQuantities) {
      test(
        `order with ${kind} is refused and creates nothing`,
        { tag: '@stock' },
        async ({ newBuyer, shopApi, shopDatabase }) => {
          const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
          const refused = await shopApi.createOrder(orderOf(account, product, { quantity }));
          expect(refused).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
          expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
        },
      );
    }

    for (const [kind, quantity, pieces] of readableQuantities) {
      test(
        `order with ${kind} as quantity is refused or counts as ${pieces}`,
        { tag: '@stock' },
        async ({ newBuyer, shopApi, shopDatabase }) => {
          const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 30 });
          const answers = [];
          for (const already of [[], [{ ...product, quantity: 2 }]]) {
            const answer = await shopApi.createOrder(orderOfLines(account, [...already, { ...product, quantity }]));
            answers.push({ answer, lines: [...already, { ...product, quantity: pieces }] });
          }
          const made = answers.filter(({ answer }) => answer.outcome === 'ok');
          for (const { answer, lines } of made) expect(answer).toBeOrdered({ userId: account.userId, lines });
          for (const { answer } of answers.filter((one) => !made.includes(one))) {
            expect(answer).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
          }
          expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: made.map(() => 'pending') });
        },
      );
    }

    for (const [kind, quantities] of outweighedQuantities) {
      test(
        `order of 2 products with ${kind} is refused and creates nothing`,
        { tag: '@stock' },
        async ({ newBuyer, newProduct, shopApi, shopDatabase }) => {
          const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
          const products = [product, await newProduct({ price: 10_000, stock: 10 })];
          const lines = products.map(({ productId }, nth) => ({ productId, quantity: quantities[nth] }));
          const refused = await shopApi.createOrder(orderOfLines(account, lines));
          expect(refused).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
          expect(await shopDatabase.stateOf([account], products)).toMatchObject({ stock: [10, 10], orders: [] });
        },
      );
    }

    test(
      'order with malformed quantities of one product that add up to 1 is refused and creates nothing',
      { tag: '@stock' },
      async ({ newBuyer, shopApi, shopDatabase }) => {
        const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
        for (const quantities of [
          [0.5, 0.5],
          [-1, 2],
        ]) {
          const lines = quantities.map((quantity) => ({ ...product, quantity }));
          const refused = await shopApi.createOrder(orderOfLines(account, lines));
          expect(refused).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
        }
        expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
      },
    );

    test(
      'order with a malformed quantity on its second line is refused and creates nothing',
      { tag: '@stock' },
      async ({ newBuyer, shopApi, shopDatabase }) => {
        const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
        for (const [, malformed] of badQuantities) {
          const lines = [2, malformed].map((quantity) => ({ ...product, quantity }));
          const refused = await shopApi.createOrder(orderOfLines(account, lines));
          expect(refused).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
        }
        expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
      },
    );
  },
);
