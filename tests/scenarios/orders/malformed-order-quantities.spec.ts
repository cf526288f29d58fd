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

test.describe('malformed order quantities', { tag: ['@contract', '@orders'] }, () => {
  for (const [kind, quantity] of badQuantities) {
    test(
      `order with ${kind} is refused and creates nothing`,
      { tag: '@stock' },
      async ({ newAccount, newProduct, shopApi, shopDatabase }) => {
        const account = await newAccount({ balance: 50_000 });
        const product = await newProduct({ price: 10_000, stock: 10 });
        const { productId } = product;
        const refused = await shopApi.createOrder({ userId: account.userId, items: [{ productId, quantity }] });
        expect(refused).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
        expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
      },
    );
  }

  for (const [kind, quantity, pieces] of readableQuantities) {
    test(
      `order with ${kind} as quantity is refused or counts as ${pieces}`,
      { tag: '@stock' },
      async ({ newAccount, newProduct, shopApi, shopDatabase }) => {
        const account = await newAccount({ balance: 50_000 });
        const product = await newProduct({ price: 10_000, stock: 30 });
        const { userId } = account;
        const { productId } = product;
        const answers = [];
        for (const already of [[], [{ productId, quantity: 2 }]]) {
          const items = [...already, { productId, quantity }];
          const answer = await shopApi.createOrder({ userId, items });
          const lines = [...already.map((line) => ({ ...product, ...line })), { ...product, quantity: pieces }];
          answers.push({ answer, lines });
        }
        const made = answers.filter(({ answer }) => answer.outcome === 'ok');
        for (const { answer, lines } of made) expect(answer).toBeOrdered({ userId, lines });
        for (const { answer } of answers.filter((one) => !made.includes(one))) {
          expect(answer).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
        }
        expect((await shopDatabase.stateOf([account])).orders).toEqual(made.map(() => 'pending'));
      },
    );
  }

  test(
    'order with a malformed quantity on its second line is refused and creates nothing',
    { tag: '@stock' },
    async ({ newAccount, newProduct, shopApi, shopDatabase }) => {
      const account = await newAccount({ balance: 50_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const { productId } = product;
      for (const [, quantity] of badQuantities) {
        const items = [
          { productId, quantity: 2 },
          { productId, quantity },
        ];
        const refused = await shopApi.createOrder({ userId: account.userId, items });
        expect(refused).toBeRefusedFor(['invalid-quantity', 'invalid-input']);
      }
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
    },
  );
});
