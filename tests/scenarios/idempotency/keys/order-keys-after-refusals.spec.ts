import { needsForgottenRefusals, needsKeys, needsStock } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { absentId } from '../../../../helpers/profile/ids.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';

test.describe('order keys after refusals', { tag: ['@idempotency', '@orders'] }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'createOrder');
    needsForgottenRefusals(profile);
  });

  test('a key that was refused for stock makes a smaller order', async ({
    newAccount,
    newProduct,
    shopApi,
    catalogue,
    profile,
  }) => {
    needsStock(profile, { stockIsCheckedAt: 'order' });
    const { userId } = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 1 });
    const { productId } = product;
    const idempotencyKey = catalogue.idempotencyKey();
    const refused = await shopApi.createOrder({ userId, items: [{ productId, quantity: 2 }], idempotencyKey });
    expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });

    const ordered = await shopApi.createOrder({ userId, items: [{ productId, quantity: 1 }], idempotencyKey });
    expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
  });

  test('a refused order’s key makes the order once there is stock', async ({
    newAccount,
    newProduct,
    restock,
    shopApi,
    catalogue,
    profile,
  }) => {
    needsStock(profile, { stockIsCheckedAt: 'order' });
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 10_000, stock: 1 });
    const request = {
      userId: account.userId,
      items: [{ productId: product.productId, quantity: 2 }],
      idempotencyKey: catalogue.idempotencyKey(),
    };
    expect(await shopApi.createOrder(request)).toBeRefusedFor('stock', { required: 2, available: 1 });
    await restock(product, 1);
    expect(await shopApi.createOrder(request)).toBeOrdered({
      userId: account.userId,
      lines: [{ ...product, quantity: 2 }],
    });
  });

  test('a key that was refused for a product that does not exist orders one that does', async ({
    newAccount,
    newProduct,
    shopApi,
    shopDatabase,
    catalogue,
  }) => {
    const account = await newAccount({ balance: 50_000 });
    const { userId } = account;
    const product = await newProduct({ price: 10_000, stock: 5 });
    const ordering = (productId: typeof product.productId, idempotencyKey: string) =>
      shopApi.createOrder({ userId, items: [{ productId, quantity: 1 }], idempotencyKey });
    const key = catalogue.idempotencyKey();
    expect(await ordering(absentId(product.productId), key)).toBeRefusedFor('unknown-product');

    const ordered = await ordering(product.productId, key);
    expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
    expect(await ordering(product.productId, key)).toReplay(ordered);
    const order = contentOf(ordered);
    expect((await shopDatabase.ledger([account], [])).orders).toMatchObject([{ orderId: order.orderId }]);
  });

  for (const [what, quantity] of [
    ['zero', 0],
    ['textual', 'one'],
  ] as const) {
    test(`a key that was refused for a ${what} quantity orders once that is put right`, async ({
      newAccount,
      newProduct,
      shopApi,
      shopDatabase,
      catalogue,
    }) => {
      const account = await newAccount({ balance: 50_000 });
      const { userId } = account;
      const product = await newProduct({ price: 10_000, stock: 5 });
      const { productId } = product;
      const idempotencyKey = catalogue.idempotencyKey();
      const ordering = (pieces: number | string) =>
        shopApi.createOrder({ userId, items: [{ productId, quantity: pieces }], idempotencyKey });
      expect(await ordering(quantity)).toBeRefusedFor(['invalid-quantity', 'invalid-input']);

      const ordered = await ordering(1);
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect(await ordering(1)).toReplay(ordered);
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
    });
  }
});
