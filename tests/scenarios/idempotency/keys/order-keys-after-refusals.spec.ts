import { needsStock } from '../../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals, needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { absentId } from '../../../../helpers/profile/ids.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

test.describe(
  'order keys after refusals',
  { tag: ['@idempotency', '@orders'], annotation: promise('refused-key-stays-usable') },
  () => {
    test.beforeEach(({ profile }) => {
      needsKeys(profile, 'createOrder');
      needsForgottenRefusals(profile);
    });

    test('key of an order refused as out of stock creates a smaller order', async ({
      newBuyer,
      shopApi,
      newKey,
      profile,
    }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 1 });
      const idempotencyKey = newKey();
      const refused = await shopApi.createOrder(orderOf(account, product, { quantity: 2, idempotencyKey }));
      expect(refused).toBeRefusedFor('stock', { required: 2, available: 1 });

      const ordered = await shopApi.createOrder(orderOf(account, product, { idempotencyKey }));
      expect(ordered).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });
    });

    test('order refused as out of stock is created under the same key after a restock', async ({
      newBuyer,
      restock,
      shopApi,
      newKey,
      profile,
    }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 1 });
      const request = orderOf(account, product, { quantity: 2, idempotencyKey: newKey() });
      expect(await shopApi.createOrder(request)).toBeRefusedFor('stock', { required: 2, available: 1 });
      await restock(product, 1);
      expect(await shopApi.createOrder(request)).toBeOrdered({
        userId: account.userId,
        lines: [{ ...product, quantity: 2 }],
      });
    });

    test('key of an order refused for an unknown product orders an existing one', async ({
      newBuyer,
      shopApi,
      shopDatabase,
      newKey,
    }) => {
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 5 });
      const { userId } = account;
      const sendOrder = (productId: typeof product.productId, idempotencyKey: string) =>
        shopApi.createOrder(orderOf(account, { productId }, { idempotencyKey }));
      const key = newKey();
      expect(await sendOrder(absentId(product.productId), key)).toBeRefusedFor('unknown-product');

      const ordered = await sendOrder(product.productId, key);
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect(await sendOrder(product.productId, key)).toReplay(ordered);
      const order = requireAnswer(ordered);
      expect((await shopDatabase.ledger([account], [])).orders).toMatchObject([{ orderId: order.orderId }]);
    });

    for (const [kind, wrongQuantity] of [
      ['zero', 0],
      ['textual', 'one'],
    ] as const) {
      test(`key of an order refused for a ${kind} quantity creates the corrected order`, async ({
        newBuyer,
        shopApi,
        shopDatabase,
        newKey,
      }) => {
        const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 5 });
        const { userId } = account;
        const idempotencyKey = newKey();
        const sendOrder = (quantity: number | string) =>
          shopApi.createOrder(orderOf(account, product, { quantity, idempotencyKey }));
        expect(await sendOrder(wrongQuantity)).toBeRefusedFor(['invalid-quantity', 'invalid-input']);

        const ordered = await sendOrder(1);
        expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
        expect(await sendOrder(1)).toReplay(ordered);
        expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
      });
    }
  },
);
