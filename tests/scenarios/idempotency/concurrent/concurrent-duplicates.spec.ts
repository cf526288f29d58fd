import { needsKeys } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { countOutcomes } from '../../../../helpers/ledger/count-outcomes.ts';

test.describe('concurrent duplicates', { tag: '@idempotency' }, () => {
  for (const duplicates of [2, 20, 60]) {
    test(`${duplicates} concurrent duplicates of a payment are charged once`, async ({
      newOrder,
      payOrder,
      shopDatabase,
      catalogue,
    }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
      const key = catalogue.idempotencyKey();

      const burst = await Promise.all(Array.from({ length: duplicates }, () => payOrder(order, key)));
      expect(burst).toBeOnePayment(order);
      const replay = await payOrder(order, key);
      for (const answer of burst.filter(({ outcome }) => outcome === 'ok')) expect(replay).toReplay(answer);
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [90_000],
        stock: [99],
        orders: ['paid'],
        payments: [10_000],
      });
    });
  }

  test('30 concurrent duplicates of a payment over separate connections are charged once', async ({
    newOrder,
    shopApiOverNewConnections,
    shopDatabase,
    catalogue,
  }) => {
    const { account, order } = await newOrder({ balance: 100_000, price: 30_000 });
    const payment = { userId: account.userId, idempotencyKey: catalogue.idempotencyKey() };

    const burst = await Promise.all(
      Array.from({ length: 30 }, () => shopApiOverNewConnections.pay(order.orderId, payment)),
    );
    expect(burst).toBeOnePayment(order);
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [70_000], payments: [30_000] });
  });

  test(
    '20 concurrent payments of an order under 20 keys: exactly 1 succeeds',
    { tag: ['@balance', '@contract'] },
    async ({ newOrder, payOrderUntilSettled, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 300_000, price: 10_000 });
      const keys = Array.from({ length: 20 }, () => catalogue.idempotencyKey());

      const answers = await Promise.all(keys.map((key) => payOrderUntilSettled(order, key)));
      const paid = answers.filter(({ outcome }) => outcome === 'ok');
      expect(countOutcomes(answers)).toEqual({ ok: 1, 'order-state': 19 });
      for (const answer of paid) expect(answer).toBePaid(order);
      for (const loser of answers.filter((answer) => !paid.includes(answer))) {
        expect(loser).toBeRefusedFor('order-state');
      }
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [290_000],
        stock: [99],
        orders: ['paid'],
        payments: [10_000],
      });
    },
  );

  test('20 concurrent duplicates with insufficient balance are refused and move nothing', async ({
    newOrder,
    payOrderUntilSettled,
    shopDatabase,
    catalogue,
  }) => {
    const { account, product, order } = await newOrder({ balance: 9_999, price: 10_000 });
    const key = catalogue.idempotencyKey();
    const stock = (await shopDatabase.stateOf([account], [product])).stock;

    const burst = await Promise.all(Array.from({ length: 20 }, () => payOrderUntilSettled(order, key)));
    for (const answer of burst) expect(answer).toBeRefusedFor('balance', { required: 10_000, available: 9_999 });
    expect(await shopDatabase.stateOf([account], [product])).toEqual({
      balances: [9_999],
      stock,
      orders: ['pending'],
      payments: [],
    });
  });

  test(
    '15 concurrent payments of 15 orders of one account are all debited',
    { tag: ['@balance', '@contract'] },
    async ({ newAccount, newProduct, placeOrder, payOrderUntilSettled, shopDatabase }) => {
      const account = await newAccount({ balance: 1_000_000 });
      const product = await newProduct({ price: 10_000, stock: 100 });
      const orders = await Promise.all(Array.from({ length: 15 }, () => placeOrder(account, { product })));

      const answers = await Promise.all(
        orders.map(async (order) => {
          const key = `parallel-${order.orderId}`;
          return { order, answer: await payOrderUntilSettled(order, key) };
        }),
      );
      for (const { order, answer } of answers) expect(answer).toBePaid(order);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [850_000], stock: [85] });
    },
  );
});
