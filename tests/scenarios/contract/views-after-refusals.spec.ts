import { needsCancellation, needsKeys, needsStock } from '../../../fixtures/needs.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import type { BalanceAnswer, OrderAnswer, ProductAnswer, ShownOrderAnswer } from '../../../helpers/api/answers.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import type { Account, Product } from '../../../helpers/database/shop-database.ts';

interface Views {
  readonly balance: BalanceAnswer;
  readonly product: ProductAnswer;
  /** Left out where the target shows no orders, or none is asked for. */
  readonly order?: ShownOrderAnswer;
}

/** What is looked at, and what it must be in the end: a cache may show it late. */
interface Looking {
  readonly account: Account;
  readonly balance: number;
  readonly product: Product;
  readonly stock: number;
  readonly order?: OrderAnswer;
}

const test = base.extend<{ look: (looking: Looking) => Promise<Views> }>({
  look: async ({ shopApi, shownBalanceOf, shownProductOf }, use) => {
    await use(async ({ account, balance, product, stock, order }) => ({
      balance: await shownBalanceOf(account, balance),
      product: await shownProductOf(product, stock),
      ...(order && shopApi.offers('getOrder') && { order: contentOf(await shopApi.getOrder(order.orderId, account)) }),
    }));
  },
});

test.describe('unchanged views', { tag: ['@balance', '@stock', '@orders'] }, () => {
  test('a payment refused for its balance changes nothing that is shown', async ({ newOrder, payOrder, look }) => {
    const { account, product, order } = await newOrder({ balance: 1_000, price: 20_000, quantity: 2 });
    const looking = { account, balance: 1_000, product, stock: expectedStock(100, { pending: 2 }), order };
    const before = await look(looking);

    expect(await payOrder(order)).toBeRefusedFor('balance', { required: 40_000, available: 1_000 });
    expect(await look(looking), 'shown after the refusal, beside what was shown before').toEqual(before);
  });

  test('a payment refused for stock changes nothing that is shown', async ({
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
    const looking = { account, balance: 80_000, product, stock: 1, order };
    const before = await look(looking);

    expect(await payOrder(order)).toBeRefusedFor('stock', { required: 2, available: 1 });
    expect(await look(looking), 'shown after the refusal, beside what was shown before').toEqual(before);
  });

  test('an order refused for stock changes nothing that is shown', async ({
    newAccount,
    newProduct,
    shopApi,
    look,
    profile,
  }) => {
    needsStock(profile, { stockIsCheckedAt: 'order' });
    const account = await newAccount({ balance: 100_000 });
    const product = await newProduct({ price: 10_000, stock: 3 });
    const looking = { account, balance: 100_000, product, stock: 3 };
    const before = await look(looking);

    const items = [{ productId: product.productId, quantity: 4 }];
    expect(await shopApi.createOrder({ userId: account.userId, items })).toBeRefusedFor('stock', { required: 4 });
    expect(await look(looking), 'shown after the refusal, beside what was shown before').toEqual(before);
  });

  test('a stranger’s refused payment changes nothing that is shown to either', async ({
    newAccount,
    newOrder,
    shopApi,
    look,
    catalogue,
  }) => {
    const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, quantity: 2 });
    const stranger = await newAccount({ balance: 60_000 });
    const looking = { account, balance: 50_000, product, stock: expectedStock(100, { pending: 2 }), order };
    const ofStranger = { account: stranger, balance: 60_000, product, stock: looking.stock };
    const before = [await look(looking), await look(ofStranger)];

    const payment = { userId: stranger.userId, idempotencyKey: catalogue.idempotencyKey() };
    expect(await shopApi.pay(order.orderId, payment)).toBeRefusedFor('foreign-order');
    const after = [await look(looking), await look(ofStranger)];
    expect(after, 'shown after the refusal, beside what was shown before').toEqual(before);
  });

  test('a paid order is shown as it was after a second key and a used one are refused', async ({
    newOrder,
    placeOrder,
    payOrder,
    look,
    catalogue,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 100_000, price: 20_000, quantity: 2 });
    const other = await placeOrder(account, { product });
    const key = catalogue.idempotencyKey();
    expect(await payOrder(order, key)).toBePaid(order);
    const looking = { account, balance: 60_000, product, stock: expectedStock(100, { paid: 2, pending: 1 }) };
    const lookAtBoth = async () => [await look({ ...looking, order }), await look({ ...looking, order: other })];
    const before = await lookAtBoth();

    expect(await payOrder(order)).toBeRefusedFor('order-state');
    expect(await lookAtBoth(), 'shown after a second key').toEqual(before);
    expect(await payOrder(other, key)).toBeRefusedFor('key-reuse');
    expect(await lookAtBoth(), 'shown after the key was used for another order').toEqual(before);
  });

  test('a paid order is shown as it was after its cancellation is refused', async ({
    newOrder,
    payOrder,
    shopApi,
    look,
    profile,
  }) => {
    needsCancellation(profile);
    const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000, quantity: 2 });
    expect(await payOrder(order)).toBePaid(order);
    const looking = { account, balance: 10_000, product, stock: 98, order };
    const before = await look(looking);

    expect(await shopApi.cancelOrder(order.orderId, account)).toBeRefusedFor('order-state');
    expect(await look(looking), 'shown after the refusal, beside what was shown before').toEqual(before);
  });

  test('a cancellation gives back what the order took, and nothing else', async ({
    newAccount,
    newProduct,
    placeOrder,
    shopApi,
    look,
    profile,
  }) => {
    needsCancellation(profile);
    const account = await newAccount({ balance: 50_000 });
    const product = await newProduct({ price: 20_000, stock: 100 });
    const looking = { account, balance: 50_000, product, stock: 100 };
    const before = await look(looking);
    const order = await placeOrder(account, { product, quantity: 2 });
    await look({ ...looking, stock: expectedStock(100, { pending: 2 }) });

    expect((await shopApi.cancelOrder(order.orderId, account)).outcome).toBe('ok');
    expect(await look(looking), 'shown after the cancellation, beside what was shown before the order').toEqual(before);
    expect(await shopApi.cancelOrder(order.orderId, account)).toBeRefusedFor('order-state');
    expect(await look(looking), 'shown after a second cancellation').toEqual(before);
  });

  test(
    'a replayed top-up and a refused one change nothing that is shown',
    { tag: '@idempotency' },
    async ({ newAccount, shopApi, shownBalanceOf, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const original = await shopApi.chargeBalance(userId, charge);
      expect((await shownBalanceOf(account, 25_000)).balance).toBe(25_000);

      expect(await shopApi.chargeBalance(userId, charge)).toReplay(original);
      expect((await shownBalanceOf(account, 25_000)).balance, 'shown after a replay').toBe(25_000);
      const refused = await shopApi.chargeBalance(userId, { amount: 0, idempotencyKey: catalogue.idempotencyKey() });
      expect(refused).toBeRefusedFor(['invalid-charge', 'invalid-input']);
      expect((await shownBalanceOf(account, 25_000)).balance, 'shown after a refused one').toBe(25_000);
    },
  );
});
