import { needsNoLogIn, needsUserInBody } from '../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../fixtures/not-applicable.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { absentId, notIds } from '../../../helpers/profile/ids.ts';
import type { Field } from '../../../helpers/text/json.ts';
import { fieldName } from '../../../helpers/api/request-body.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

const badQuantities: readonly (readonly [string, Field])[] = [
  ['zero', 0],
  ['negative', -1],
  ['fractional', 1.5],
  ['missing', undefined],
  ['null', null],
];

/** What a lenient reader of JSON takes for so many pieces. */
const readableQuantities: readonly (readonly [string, Field, pieces: number])[] = [
  ['the text 1', '1', 1],
  ['the text 2', '2', 2],
  ['true', true, 1],
];

const malformedBodies: readonly (readonly [string, string])[] = [
  ['JSON that breaks off', '{"userId": 1, "items": [{'],
  ['nothing', ''],
  ['a list', '[]'],
  ['a text', '"order"'],
  ['null', 'null'],
  ['no JSON at all', 'userId=1'],
];

/** What a client might want of its order, in the words in which the target tells it. */
const wishes = ({ endpoints, orderStatus }: TargetProfile) => {
  const { discountAmount, status } = endpoints.createOrder.answer;
  return { [fieldName(discountAmount, 'discountAmount')]: 19_999, [fieldName(status, 'status')]: orderStatus.paid };
};

test.describe('bad input to an order', { tag: ['@contract', '@orders'] }, () => {
  for (const [kind, quantity] of badQuantities) {
    test(
      `a ${kind} quantity is refused and leaves no order`,
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
      `a quantity of ${kind} is refused, or is ${pieces} of them`,
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
    'a bad quantity on the second line is refused and leaves no order',
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

  for (const [kind, body] of malformedBodies) {
    test(`a body of ${kind} is refused`, async ({ account, shopApi, catalogue }) => {
      const idempotencyKey = catalogue.idempotencyKey();
      const refused = await shopApi.sendText('createOrder', { userId: account.userId }, body, { idempotencyKey });
      expect(refused).toBeRefusedFor('invalid-input');
    });
  }

  test(
    'a price that the client names is not the price',
    { tag: '@balance' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile }) => {
      const account = await newAccount({ balance: 50_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const answer = await shopApi.createOrder({
        userId: account.userId,
        items: [{ productId: product.productId, quantity: 2, further: { price: 1, unitPrice: 1, subtotal: 2 } }],
        idempotencyKey: catalogue.idempotencyKey(),
        further: { totalAmount: 2, ...wishes(profile) },
      });
      // A target may refuse fields that it does not know; it may not sell at them.
      const totals = (await shopDatabase.ledger([account], [product])).orders.map(({ total }) => total);
      expect(totals).toEqual(answer.outcome === 'ok' ? [20_000] : []);
      const { orders, balances } = await shopDatabase.stateOf([account]);
      expect({ orders, balances }).toEqual({ orders: totals.map(() => 'pending'), balances: [50_000] });
    },
  );

  test('an order without lines is refused and leaves no order', async ({ newAccount, shopApi, shopDatabase }) => {
    const account = await newAccount({ balance: 50_000 });
    for (const items of [undefined, []]) {
      const refused = await shopApi.createOrder({ userId: account.userId, items });
      expect(refused).toBeRefusedFor(['invalid-input', 'invalid-quantity']);
    }
    expect((await shopDatabase.stateOf([account])).orders).toEqual([]);
  });

  test('lines that are none are refused', async ({ newAccount, shopApi, shopDatabase, catalogue, profile }) => {
    needsUserInBody(profile, 'createOrder');
    const account = await newAccount({ balance: 50_000 });
    const { body } = profile.endpoints.createOrder;
    notApplicableIf(body.items === undefined, 'an order of this target is one line');
    const { userId } = account;
    for (const lines of [null, [null], ['chair'], {}, 'chair', 1]) {
      const text = JSON.stringify({ [body.userId ?? '']: userId, [body.items ?? '']: lines });
      const refused = await shopApi.sendText('createOrder', { userId }, text, {
        idempotencyKey: catalogue.idempotencyKey(),
      });
      expect(refused).toBeRefusedFor(['invalid-input', 'invalid-quantity', 'unknown-product']);
    }
    expect((await shopDatabase.stateOf([account])).orders).toEqual([]);
  });

  test('an unknown product is not found', async ({ newAccount, newProduct, shopApi, shopDatabase }) => {
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const items = [{ productId: absentId(product.productId), quantity: 1 }];
    expect(await shopApi.createOrder({ userId: account.userId, items })).toBeRefusedFor('unknown-product');
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
  });

  test('a line without a product, or with what is none, is refused and leaves no order', async ({
    newAccount,
    newProduct,
    shopApi,
    shopDatabase,
    profile,
  }) => {
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    for (const productId of notIds(profile.ids.product, product.productId)) {
      const items = [
        { productId: product.productId, quantity: 1 },
        { productId, quantity: 1 },
      ];
      const refused = await shopApi.createOrder({ userId: account.userId, items });
      expect(refused).toBeRefusedFor(['invalid-input', 'unknown-product']);
    }
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
  });

  test('an unknown product beside a known one is not found, and leaves no order', async ({
    newAccount,
    newProduct,
    shopApi,
    shopDatabase,
  }) => {
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const items = [product.productId, absentId(product.productId)].map((productId) => ({ productId, quantity: 1 }));
    expect(await shopApi.createOrder({ userId: account.userId, items })).toBeRefusedFor('unknown-product');
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
  });

  test('an unknown user orders nothing', async ({ newAccount, newProduct, shopApi, shopDatabase, profile }) => {
    needsNoLogIn(profile);
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const items = [{ productId: product.productId, quantity: 1 }];
    const refused = await shopApi.createOrder({ userId: absentId(account.userId), items });
    expect(refused).toBeRefusedFor('unknown-user');
    expect((await shopDatabase.stateOf([account], [product])).stock).toEqual([10]);
  });

  test('a user that is missing, null or not in form orders nothing', async ({
    newAccount,
    newProduct,
    shopApi,
    shopDatabase,
    profile,
  }) => {
    needsUserInBody(profile, 'createOrder');
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const items = [{ productId: product.productId, quantity: 1 }];
    for (const userId of notIds(profile.ids.user, account.userId)) {
      // Read as 0, it is a user that there is not.
      expect(await shopApi.createOrder({ userId, items })).toBeRefusedFor(['invalid-input', 'unknown-user']);
    }
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
  });
});
