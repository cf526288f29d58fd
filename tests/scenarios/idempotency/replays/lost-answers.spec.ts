import { needsForgottenRefusals, needsKeys } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { resendUntilSettled } from '../../../../helpers/api/resend-until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/require-answer.ts';

test.describe('lost answers', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'pay');
  });

  test('payment whose answer is lost in flight is charged once when retried', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    cuttableShopApi,
    shopDatabase,
    catalogue,
    burst,
  }) => {
    const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
    const payment = { userId: account.userId, idempotencyKey: catalogue.idempotencyKey() };

    const [lost] = await burst(
      {
        accounts: [account],
        products: [product],
        gate: { balanceOf: account },
        beforeOpening: cuttableShopApi.cut,
      },
      [() => cuttableShopApi.api.pay(order.orderId, payment)],
    );
    expect(lost?.outcome).toBe('unknown');
    const paid = await payOrderUntilSettled(order, payment.idempotencyKey);
    expect(paid).toBePaid(order, { remainingBalance: 70_000 });
    expect(await payOrder(order, payment.idempotencyKey)).toReplay(paid);
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [70_000],
      stock: [99],
      orders: ['paid'],
      payments: [30_000],
    });
  });

  test('10 concurrent duplicates of a payment whose answers are all lost are charged once', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    cuttableShopApi,
    shopDatabase,
    catalogue,
    burst,
  }) => {
    const { account, product, order } = await newOrder({ balance: 500_000, price: 30_000 });
    const payment = { userId: account.userId, idempotencyKey: catalogue.idempotencyKey() };

    await burst(
      {
        accounts: [account],
        products: [product],
        gate: { balanceOf: account },
        beforeOpening: cuttableShopApi.cut,
      },
      Array.from({ length: 10 }, () => () => cuttableShopApi.api.pay(order.orderId, payment)),
    );
    const paid = await payOrderUntilSettled(order, payment.idempotencyKey);
    expect(paid).toBePaid(order, { remainingBalance: 470_000 });
    expect(await payOrder(order, payment.idempotencyKey)).toReplay(paid);
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [470_000], payments: [30_000] });
  });

  for (const delayMs of [0, 2, 5, 10, 25]) {
    test(`payment whose connection is cut after ${delayMs} ms is charged once when retried`, async ({
      newOrder,
      payOrder,
      payOrderUntilSettled,
      shopApiUntil,
      shopDatabase,
      catalogue,
    }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 30_000 });
      const payment = { userId: account.userId, idempotencyKey: catalogue.idempotencyKey() };
      await shopApiUntil(AbortSignal.timeout(delayMs)).pay(order.orderId, payment);

      const paid = await payOrderUntilSettled(order, payment.idempotencyKey);
      expect(paid).toBePaid(order, { remainingBalance: 70_000 });
      expect(await payOrder(order, payment.idempotencyKey)).toReplay(paid);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
        balances: [70_000],
        payments: [30_000],
      });
    });
  }

  test('payment refused while its answer is lost moves nothing and succeeds after a top-up', async ({
    newOrder,
    payOrder,
    payOrderUntilSettled,
    topUp,
    cuttableShopApi,
    catalogue,
    profile,
    burst,
  }) => {
    needsForgottenRefusals(profile);
    const { account, order } = await newOrder({ balance: 10_000, price: 30_000 });
    const { userId } = account;
    const idempotencyKey = catalogue.idempotencyKey();

    await burst(
      {
        accounts: [account],
        gate: { order },
        beforeOpening: cuttableShopApi.cut,
      },
      [() => cuttableShopApi.api.pay(order.orderId, { userId, idempotencyKey })],
    );
    const refused = await payOrderUntilSettled(order, idempotencyKey);
    expect(refused).toBeRefusedFor('balance', { required: 30_000, available: 10_000 });
    await topUp(account, 20_000);
    expect(await payOrder(order, idempotencyKey)).toBePaid(order, { remainingBalance: 0 });
  });

  test(
    'order whose answer is lost in flight is created once when retried',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, cuttableShopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const { userId } = account;
      const items = [{ productId: product.productId, quantity: 1 }];
      const request = { userId, items, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.createOrder(request);

      await burst(
        {
          gate: { user: account },
          beforeOpening: cuttableShopApi.cut,
        },
        [() => cuttableShopApi.api.createOrder(request)],
      );
      const ordered = await resendUntilSettled(await send(), send);
      expect(ordered).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
      expect(await send()).toReplay(ordered);
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending']);
    },
  );

  test(
    'order whose connection is cut after 0, 3 or 10 ms is created once when retried',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopApiUntil, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      for (const delayMs of [0, 3, 10]) {
        const request = {
          userId: account.userId,
          items: [{ productId: product.productId, quantity: 1 }],
          idempotencyKey: catalogue.idempotencyKey(),
        };
        await shopApiUntil(AbortSignal.timeout(delayMs)).createOrder(request);
        const ordered = await resendUntilSettled(await shopApi.createOrder(request), () =>
          shopApi.createOrder(request),
        );
        expect(ordered).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 1 }] });
        expect(await shopApi.createOrder(request)).toReplay(ordered);
      }
      expect((await shopDatabase.stateOf([account])).orders).toHaveLength(3);
    },
  );

  test(
    'top-up whose answer is lost in flight is added once when retried',
    { tag: '@balance' },
    async ({ newAccount, shopApi, cuttableShopApi, shopDatabase, catalogue, profile, burst }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.chargeBalance(userId, charge);

      await burst(
        {
          gate: { balanceOf: account },
          beforeOpening: cuttableShopApi.cut,
        },
        [() => cuttableShopApi.api.chargeBalance(userId, charge)],
      );
      expect(requireAnswer(await resendUntilSettled(await send(), send)).balance).toBe(25_000);
      expect((await shopDatabase.stateOf([account])).balances).toEqual([25_000]);
    },
  );
});
