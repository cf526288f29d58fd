import { needsEnglish, needsForgottenRefusals } from '../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../fixtures/not-applicable.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { tally } from '../../../helpers/ledger/tally.ts';

test.describe('exhausted balance', { tag: '@balance' }, () => {
  test(
    'the 409 names the balance, and nothing moves',
    { tag: '@smoke' },
    async ({ newOrder, payOrder, shopDatabase }) => {
      const { account, product, order } = await newOrder({ balance: 1_000, price: 50_000 });
      const before = await shopDatabase.stateOf([account], [product]);

      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 50_000, available: 1_000 });
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      expect(before).toMatchObject({ balances: [1_000], orders: ['pending'], payments: [] });
    },
  );

  test('a refused payment leaves the balance that the API shows', async ({ newOrder, payOrder, shownBalanceOf }) => {
    const { account, order } = await newOrder({ balance: 1_000, price: 50_000 });
    expect(await payOrder(order)).toBeRefusedFor('balance', { required: 50_000, available: 1_000 });
    expect((await shownBalanceOf(account, 1_000)).balance).toBe(1_000);
  });

  test('an order that its user cannot afford is refused, and there is none', async ({
    newAccount,
    newProduct,
    shopApi,
    shopDatabase,
    profile,
  }) => {
    notApplicableIf(profile.policies.balanceIsCheckedAt === 'payment', 'this target checks the balance at the payment');
    const account = await newAccount({ balance: 19_999 });
    const product = await newProduct({ price: 10_000, stock: 5 });
    const { userId } = account;
    const items = [{ productId: product.productId, quantity: 2 }];
    const refused = await shopApi.createOrder({ userId, items });
    expect(refused).toBeRefusedFor('balance', { required: 20_000, available: 19_999 });
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
      balances: [19_999],
      stock: [5],
      orders: [],
    });
  });

  test('the message in English names the balance too', async ({ newOrder, shopApi, catalogue, profile }) => {
    needsEnglish(profile);
    const { order } = await newOrder({ balance: 0, price: 10_000 });
    const english = shopApi.with({ headers: { 'accept-language': 'en' } });
    const refused = await english.pay(order.orderId, {
      userId: order.userId,
      idempotencyKey: catalogue.idempotencyKey(),
    });
    expect(refused).toBeRefusedFor('balance', { required: 10_000, available: 0 });
  });

  test('after a top-up the refused order is paid with the same key', async ({
    newOrder,
    payOrder,
    topUp,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsForgottenRefusals(profile);
    const { account, order } = await newOrder({ balance: 10_000, price: 30_000 });
    const key = catalogue.idempotencyKey();
    expect(await payOrder(order, key)).toBeRefusedFor('balance', { required: 30_000, available: 10_000 });

    await topUp(account, 25_000);
    const paid = await payOrder(order, key);
    expect(paid).toBePaid(order, { remainingBalance: 5_000 });
    expect(await payOrder(order, key)).toReplay(paid);
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [5_000], payments: [30_000] });
  });

  test('after a top-up the refused order is paid with a new key', async ({ newOrder, payOrder, topUp }) => {
    const { account, order } = await newOrder({ balance: 10_000, price: 30_000 });
    expect(await payOrder(order)).toBeRefusedFor('balance');

    await topUp(account, 20_000);
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 0 });
  });

  test('refused again and again, it stays a balance refusal and moves nothing', async ({
    newOrder,
    payOrder,
    shopDatabase,
    catalogue,
  }) => {
    const { account, product, order } = await newOrder({ balance: 9_000, price: 10_000 });
    const before = await shopDatabase.stateOf([account], [product]);
    const key = catalogue.idempotencyKey();
    for (const attemptKey of [key, key, catalogue.idempotencyKey(), key]) {
      expect(await payOrder(order, attemptKey)).toBeRefusedFor('balance', { required: 10_000, available: 9_000 });
    }
    expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
  });

  test('the exact balance pays down to zero', async ({ newOrder, payOrder, shopDatabase }) => {
    const { account, order } = await newOrder({ balance: 50_000, price: 50_000 });
    expect(await payOrder(order)).toBePaid(order, { remainingBalance: 0 });
    expect((await shopDatabase.stateOf([account])).balances).toEqual([0]);
  });

  test('one won less than the total does not pay', async ({ newOrder, payOrder, shopDatabase }) => {
    const { account, order } = await newOrder({ balance: 49_999, price: 50_000 });
    expect(await payOrder(order)).toBeRefusedFor('balance', { required: 50_000, available: 49_999 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [49_999], orders: ['pending'] });
  });

  test('the sum of an order’s lines counts, not each line', async ({
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

  test('of five payments in sequence exactly the three affordable ones succeed', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
  }) => {
    const account = await newAccount({ balance: 35_000 });
    const product = await newProduct({ price: 10_000, stock: 50 });
    for (const [nth, left] of [25_000, 15_000, 5_000].entries()) {
      const order = await test.step(`order ${nth + 1}`, () => placeOrder(account, { product }));

      expect(await payOrder(order)).toBePaid(order, { remainingBalance: left });
    }
    for (const nth of [4, 5]) {
      const order = await test.step(`order ${nth}`, () => placeOrder(account, { product }));

      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 10_000, available: 5_000 });
    }
    expect(await shopDatabase.stateOf([account])).toMatchObject({
      balances: [5_000],
      payments: [10_000, 10_000, 10_000],
    });
  });

  for (const { orders, affordable } of [
    { orders: 8, affordable: 1 },
    { orders: 20, affordable: 10 },
  ]) {
    test(`of ${orders} payments at once exactly the ${affordable} affordable ones succeed`, async ({
      newAccount,
      newProduct,
      placeOrder,
      payOrderUntilSettled,
      shopDatabase,
    }) => {
      const account = await newAccount({ balance: affordable * 10_000 + 9_999 });
      const product = await newProduct({ price: 10_000, stock: 100 });
      const placed = await Promise.all(Array.from({ length: orders }, () => placeOrder(account, { product })));

      const answers = await Promise.all(placed.map((order) => payOrderUntilSettled(order)));
      const refused = answers.filter(({ outcome }) => outcome !== 'ok');
      expect(tally(answers)).toEqual({ ok: affordable, balance: orders - affordable });
      for (const refusal of refused) expect(refusal).toBeRefusedFor('balance', { required: 10_000 });
      expect((await shopDatabase.stateOf([account])).balances).toEqual([9_999]);
    });
  }

  test('another user’s money does not pay', async ({ newAccount, newOrder, payOrder, shopDatabase }) => {
    const { account, order } = await newOrder({ balance: 5_000, price: 10_000 });
    const rich = await newAccount({ balance: 1_000_000 });
    expect(await payOrder(order)).toBeRefusedFor('balance', { required: 10_000, available: 5_000 });
    expect((await shopDatabase.stateOf([account, rich])).balances).toEqual([5_000, 1_000_000]);
  });
});
