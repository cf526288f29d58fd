import {
  needsCancellation,
  needsFinalPayments,
  needsRefusedSecondCancellation,
  needsStock,
  needsUserNamed,
} from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import type {
  BalanceAnswer,
  OrderAnswer,
  ProductAnswer,
  ShownOrderAnswer,
} from '../../../helpers/api/answers/answers.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import type { Account, Product } from '../../../helpers/database/rows/own-rows.ts';

interface Views {
  readonly balance: BalanceAnswer;
  readonly product: ProductAnswer;
  /** Left out if the target shows no orders or none is asked for. */
  readonly order?: ShownOrderAnswer;
}

/** The rows to look at, with the values that they must show in the end: a cache may show them late. */
interface ExpectedViews {
  readonly account: Account;
  readonly balance: number;
  readonly product: Product;
  readonly stock: number;
  readonly order?: OrderAnswer;
}

const test = base.extend<{ look: (expected: ExpectedViews) => Promise<Views> }>({
  look: async ({ shopApi, pollBalance, pollProduct }, use) => {
    await use(async ({ account, balance, product, stock, order }) => ({
      balance: await pollBalance(account, balance),
      product: await pollProduct(product, stock),
      ...(order &&
        shopApi.offers('getOrder') && { order: requireAnswer(await shopApi.getOrder(order.orderId, account)) }),
    }));
  },
});

test.describe(
  'views after refusals',
  { tag: ['@balance', '@stock', '@orders'], annotation: promise('refusal-changes-no-view') },
  () => {
    test('payment refused for insufficient balance leaves balance, stock and order as shown before', async ({
      newOrder,
      payOrder,
      look,
    }) => {
      const { account, product, order } = await newOrder({ balance: 1_000, price: 20_000, quantity: 2 });
      const expected = { account, balance: 1_000, product, stock: expectedStock(100, { pending: 2 }), order };
      const before = await look(expected);

      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 40_000, available: 1_000 });
      expect(await look(expected), 'views after the refusal, compared with those before').toEqual(before);
    });

    test('payment refused as out of stock leaves balance, stock and order as shown before', async ({
      newOrder,
      placeOrder,
      payOrder,
      look,
      profile,
    }) => {
      needsStock(profile, { stockIsTakenAt: 'payment' });
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000, stock: 3, quantity: 2 });
      const quick = await placeOrder(account, { product, quantity: 2 });
      expect(await payOrder(quick)).toBePaid(quick);
      const expected = { account, balance: 80_000, product, stock: 1, order };
      const before = await look(expected);

      expect(await payOrder(order)).toBeRefusedFor('stock', { required: 2, available: 1 });
      expect(await look(expected), 'views after the refusal, compared with those before').toEqual(before);
    });

    test('order refused as out of stock leaves balance and stock as shown before', async ({
      newBuyer,
      shopApi,
      look,
      profile,
    }) => {
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 3 });
      const expected = { account, balance: 100_000, product, stock: 3 };
      const before = await look(expected);

      expect(await shopApi.createOrder(orderOf(account, product, { quantity: 4 }))).toBeRefusedFor('stock', {
        required: 4,
      });
      expect(await look(expected), 'views after the refusal, compared with those before').toEqual(before);
    });

    test("refused payment of another user's order leaves the views of both users unchanged", async ({
      newAccount,
      newOrder,
      shopApi,
      look,
      newKey,
      profile,
    }) => {
      needsUserNamed(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, quantity: 2 });
      const stranger = await newAccount({ balance: 60_000 });
      const expected = { account, balance: 50_000, product, stock: expectedStock(100, { pending: 2 }), order };
      const ofStranger = { account: stranger, balance: 60_000, product, stock: expected.stock };
      const before = [await look(expected), await look(ofStranger)];

      const payment = paymentBy(stranger, newKey());
      expect(await shopApi.pay(order.orderId, payment)).toBeRefusedFor('foreign-order');
      const after = [await look(expected), await look(ofStranger)];
      expect(after, 'views after the refusal, compared with those before').toEqual(before);
    });

    test('paid order is shown unchanged after payments with a second key and a reused key are refused', async ({
      newOrder,
      placeOrder,
      payOrder,
      look,
      newKey,
      profile,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, quantity: 2 });
      const other = await placeOrder(account, { product });
      const key = newKey();
      expect(await payOrder(order, key)).toBePaid(order);
      const expected = { account, balance: 60_000, product, stock: expectedStock(100, { paid: 2, pending: 1 }) };
      const lookAtBoth = async () => [await look({ ...expected, order }), await look({ ...expected, order: other })];
      const before = await lookAtBoth();

      expect(await payOrder(order)).toBeRefusedFor('order-state');
      expect(await lookAtBoth(), 'shown after a second key').toEqual(before);
      expect(await payOrder(other, key)).toBeRefusedFor('key-reuse');
      expect(await lookAtBoth(), 'shown after the key was used for another order').toEqual(before);
    });

    test('paid order is shown unchanged after its cancellation is refused', async ({
      newOrder,
      payOrder,
      shopApi,
      look,
      profile,
    }) => {
      needsCancellation(profile);
      needsFinalPayments(profile);
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, quantity: 2 });
      expect(await payOrder(order)).toBePaid(order);
      const expected = { account, balance: 10_000, product, stock: 98, order };
      const before = await look(expected);

      expect(await shopApi.cancelOrder(order.orderId, account)).toBeRefusedFor('order-state');
      expect(await look(expected), 'views after the refusal, compared with those before').toEqual(before);
    });

    test('cancellation restores the balance and stock shown before the order, and only once', async ({
      newBuyer,
      placeOrder,
      shopApi,
      look,
      profile,
    }) => {
      needsCancellation(profile);
      needsRefusedSecondCancellation(profile);
      const { account, product } = await newBuyer({ balance: 50_000, price: 20_000 });
      const expected = { account, balance: 50_000, product, stock: 100 };
      const before = await look(expected);
      const order = await placeOrder(account, { product, quantity: 2 });
      await look({ ...expected, stock: expectedStock(100, { pending: 2 }) });

      expect((await shopApi.cancelOrder(order.orderId, account)).outcome).toBe('ok');
      expect(await look(expected), 'views after the cancellation, compared with those before the order').toEqual(
        before,
      );
      expect(await shopApi.cancelOrder(order.orderId, account)).toBeRefusedFor('order-state');
      expect(await look(expected), 'shown after a second cancellation').toEqual(before);
    });

    test(
      'replayed top-up and refused top-up leave the balance as shown before',
      { tag: '@idempotency' },
      async ({ newAccount, shopApi, pollBalance, newKey, profile }) => {
        needsKeys(profile, 'chargeBalance');
        const account = await newAccount({ balance: 5_000 });
        const { userId } = account;
        const charge = topUpOf(20_000, newKey());
        const original = await shopApi.chargeBalance(userId, charge);
        expect((await pollBalance(account, 25_000)).balance).toBe(25_000);

        expect(await shopApi.chargeBalance(userId, charge)).toReplay(original);
        expect((await pollBalance(account, 25_000)).balance, 'shown after a replay').toBe(25_000);
        const refused = await shopApi.chargeBalance(userId, topUpOf(0, newKey()));
        expect(refused).toBeRefusedFor(['invalid-charge', 'invalid-input']);
        expect((await pollBalance(account, 25_000)).balance, 'shown after a refused one').toBe(25_000);
      },
    );
  },
);
