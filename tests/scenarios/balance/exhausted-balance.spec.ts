import { needsBalances, needsBalanceTakenAtPayment, needsEnglish } from '../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals } from '../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';

test.describe('exhausted balance', { tag: '@balance', annotation: promise('no-payment-beyond-balance') }, () => {
  test(
    'payment above the balance is refused for insufficient balance and moves nothing',
    { tag: '@smoke' },
    async ({ newOrder, payOrder, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 1_000, price: 50_000 });
      const before = await shopDatabase.stateOf([account], [product]);

      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 50_000, available: 1_000 });
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      expect(before).toMatchObject({ balances: [1_000], orders: ['pending'], payments: [] });
    },
  );

  test(
    'GET balance after a payment refused for balance shows the balance unchanged',
    { annotation: promise('refusal-changes-no-view') },
    async ({ newOrder, payOrder, pollBalance }) => {
      const { account, order } = await newOrder({ balance: 1_000, price: 50_000 });
      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 50_000, available: 1_000 });
      expect((await pollBalance(account, 1_000)).balance).toBe(1_000);
    },
  );

  test(
    'order above the balance is refused for insufficient balance and creates nothing',
    { annotation: promise('refusal-moves-nothing') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      notApplicableIf(
        profile.policies.balanceIsCheckedAt === 'payment',
        'this target checks the balance at the payment',
      );
      const { account, product } = await newBuyer({ balance: 19_999, price: 10_000, stock: 5 });
      const refused = await shopApi.createOrder(orderOf(account, product, { quantity: 2 }));
      expect(refused).toBeRefusedFor('balance', { required: 20_000, available: 19_999 });
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({ balances: [19_999], stock: [5], orders: [] });
    },
  );

  test(
    'payment above the balance with Accept-Language en is refused for insufficient balance',
    { annotation: promise('refusal-names-true-cause') },
    async ({ newOrder, shopApi, newKey, profile }) => {
      needsEnglish(profile);
      const { order } = await newOrder({ balance: 0, price: 10_000 });
      const english = shopApi.with({ headers: { 'accept-language': 'en' } });
      const refused = await english.pay(order.orderId, paymentBy(order, newKey()));
      expect(refused).toBeRefusedFor('balance', { required: 10_000, available: 0 });
    },
  );

  test(
    'payment refused for balance succeeds with the same key after a top-up and replays',
    { annotation: promise('refused-key-stays-usable') },
    async ({ newOrder, payOrder, topUp, shopDatabase, newKey, profile }) => {
      needsForgottenRefusals(profile);
      const { account, order } = await newOrder({ balance: 10_000, price: 30_000 });
      const key = newKey();
      expect(await payOrder(order, key)).toBeRefusedFor('balance', { required: 30_000, available: 10_000 });

      await topUp(account, 25_000);
      const paid = await payOrder(order, key);
      expect(paid).toBePaid(order, { remainingBalance: 5_000 });
      expect(await payOrder(order, key)).toReplay(paid);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [5_000], payments: [30_000] });
    },
  );

  test(
    'payment refused for balance succeeds with a new key after a top-up',
    { annotation: promise('refusals-leave-api-usable') },
    async ({ newOrder, payOrder, topUp }) => {
      const { account, order } = await newOrder({ balance: 10_000, price: 30_000 });
      expect(await payOrder(order)).toBeRefusedFor('balance');

      await topUp(account, 20_000);
      expect(await payOrder(order)).toBePaid(order, { remainingBalance: 0 });
    },
  );

  test('4 payments above the balance, with old and new keys, are each refused for balance and move nothing', async ({
    newOrder,
    payOrder,
    shopDatabase,
    newKey,
  }) => {
    const { account, product, order } = await newOrder({ balance: 9_000, price: 10_000 });
    const before = await shopDatabase.stateOf([account], [product]);
    const key = newKey();
    for (const attemptKey of [key, key, newKey(), key]) {
      expect(await payOrder(order, attemptKey)).toBeRefusedFor('balance', { required: 10_000, available: 9_000 });
    }
    expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
  });

  test('payment of exactly the balance leaves a balance of 0', async ({ newOrder, payOrder, shopDatabase }) => {
    const { account, order } = await newOrder({ balance: 50_000, price: 50_000 });
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 0 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [0] });
  });

  test('payment 1 won above the balance is refused and moves nothing', async ({ newOrder, payOrder, shopDatabase }) => {
    const { account, order } = await newOrder({ balance: 49_999, price: 50_000 });
    expect(await payOrder(order)).toBeRefusedFor('balance', { required: 50_000, available: 49_999 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [49_999], orders: ['pending'] });
  });

  test('payment of 2 lines is refused when the balance covers each line but not their sum', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
  }) => {
    const account = await newAccount({ balance: 25_000 });
    const chair = await newProduct({ price: 15_000, stock: 5 });
    const lamp = await newProduct({ price: 11_000, stock: 5 });
    const order = await placeOrder(account, { product: chair }, { product: lamp });
    expect(await payOrder(order)).toBeRefusedFor('balance', { required: 26_000, available: 25_000 });
  });

  test('5 payments in sequence from a balance that covers 3: exactly 3 paid', async ({
    newBuyer,
    placeOrder,
    payOrder,
    shopDatabase,
    profile,
  }) => {
    needsBalances(profile);
    needsBalanceTakenAtPayment(profile);
    const { account, product } = await newBuyer({ balance: 35_000, price: 10_000, stock: 50 });
    for (const [nth, left] of [25_000, 15_000, 5_000].entries()) {
      const order = await test.step(`order ${nth + 1}`, () => placeOrder(account, { product }));

      expect(await payOrder(order)).toBePaid(order, { remainingBalance: left });
    }
    for (const nth of [4, 5]) {
      const order = await test.step(`order ${nth}`, () => placeOrder(account, { product }));

      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 10_000, available: 5_000 });
    }
    const state = await shopDatabase.stateOf([account]);
    expect(state).toMatchObject({ balances: [5_000], payments: [10_000, 10_000, 10_000] });
  });

  for (const [count, affordable] of [
    [8, 1],
    [20, 10],
  ] as const) {
    test(
      `${count} concurrent payments from a balance that covers ${affordable}: exactly ${affordable} paid`,
      { annotation: promise('balance-never-overspent') },
      async ({ newOrders, payOrderUntilSettled, shopDatabase }) => {
        const { account, orders } = await newOrders(count, { balance: affordable * 10_000 + 9_999, price: 10_000 });

        const answers = await Promise.all(orders.map((order) => payOrderUntilSettled(order)));
        const refused = answers.filter(({ outcome }) => outcome !== 'ok');
        expect(answers).toHaveOutcomes({ ok: affordable, balance: count - affordable });
        for (const refusal of refused) expect(refusal).toBeRefusedFor('balance', { required: 10_000 });
        expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [9_999] });
      },
    );
  }

  test(
    'payment above the balance is refused and leaves the balance of a richer user untouched',
    { annotation: promise('refusal-moves-nothing') },
    async ({ newAccount, newOrder, payOrder, shopDatabase }) => {
      const { account, order } = await newOrder({ balance: 5_000, price: 10_000 });
      const rich = await newAccount({ balance: 1_000_000 });
      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 10_000, available: 5_000 });
      expect(await shopDatabase.stateOf([account, rich])).toMatchObject({ balances: [5_000, 1_000_000] });
    },
  );
});
