import { needsDatabase, needsStock, needsUserNamed } from '../../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals, needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { paymentBy, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import { describeAnswer } from '../../../../helpers/api/answers/exchange.ts';
import { absentId } from '../../../../helpers/profile/ids.ts';

test.describe('keys after refusals', { tag: '@idempotency', annotation: promise('refused-key-stays-usable') }, () => {
  test.beforeEach(({ profile }) => {
    needsForgottenRefusals(profile);
  });

  for (const [state, remainingBalance] of [
    ['cancelled', 40_000],
    ['paid', 30_000],
  ] as const) {
    test(`key of a payment refused for a ${state} order pays another order`, async ({
      newOrder,
      placeOrder,
      payOrder,
      shopApi,
      newKey,
      profile,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000 });
      const other = await placeOrder(account, { product });
      const end = {
        cancelled: async () => {
          requireAnswer(await shopApi.cancelOrder(order.orderId, account));
        },
        paid: async () => {
          expect(await payOrder(order)).toBePaid(order);
        },
      }[state];
      await end();
      const key = newKey();
      expect(await payOrder(order, key)).toBeRefusedFor('order-state');

      expect(await payOrder(other, key)).toBePaid(other, { remainingBalance });
    });
  }

  test("key of a payment refused for another user's order pays the user's own order", async ({
    newOrder,
    payOrder,
    shopApi,
    newKey,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    needsUserNamed(profile, 'pay');
    const foreign = await newOrder({ balance: 50_000, price: 10_000 });
    const own = await newOrder({ balance: 50_000, price: 20_000 });
    const idempotencyKey = newKey();
    const tried = await shopApi.pay(foreign.order.orderId, paymentBy(own.account, idempotencyKey));
    expect(tried).toBeRefusedFor('foreign-order');

    expect(await payOrder(own.order, idempotencyKey)).toBePaid(own.order, { remainingBalance: 30_000 });
  });

  test("key of a payment refused to another user pays the owner's order", async ({
    newAccount,
    newOrder,
    payOrder,
    shopApi,
    shopDatabase,
    newKey,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    needsUserNamed(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const stranger = await newAccount({ balance: 50_000 });
    const idempotencyKey = newKey();
    const tried = await shopApi.pay(order.orderId, paymentBy(stranger, idempotencyKey));
    expect(tried).toBeRefusedFor('foreign-order');

    const paid = await payOrder(order, idempotencyKey);
    expect(paid).toBePaid(order, { remainingBalance: 40_000 });
    expect(await payOrder(order, idempotencyKey)).toReplay(paid);
    expect(await shopDatabase.stateOf([account, stranger])).toMatchObject({ balances: [40_000, 50_000] });
  });

  test('key of a payment refused for an unknown order pays an existing order', async ({
    newOrder,
    payOrder,
    shopApi,
    newKey,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const idempotencyKey = newKey();
    const tried = await shopApi.pay(absentId(order.orderId), paymentBy(account, idempotencyKey));
    expect(tried).toBeRefusedFor('unknown-order');

    expect(await payOrder(order, idempotencyKey)).toBePaid(order, { remainingBalance: 40_000 });
  });

  test('key of a payment refused as out of stock pays another order', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    newKey,
    profile,
  }) => {
    needsKeys(profile, 'pay');
    needsStock(profile, { stockIsTakenAt: 'payment' });
    const account = await newAccount({ balance: 50_000 });
    const scarce = await newProduct({ price: 10_000, stock: 1 });
    const late = await placeOrder(account, { product: scarce });
    const early = await placeOrder(account, { product: scarce });
    const other = await placeOrder(account, { product: await newProduct({ price: 20_000, stock: 1 }) });
    expect(await payOrder(early)).toBePaid(early);
    const key = newKey();
    expect(await payOrder(late, key)).toBeRefusedFor('stock', { required: 1, available: 0 });

    expect(await payOrder(other, key)).toBePaid(other, { remainingBalance: 20_000 });
  });

  test(
    'key of a top-up refused for an excessive amount tops up a smaller amount',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, newKey, records, profile, settings }) => {
      needsDatabase(settings);
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const excessive = topUpOf(Number.MAX_SAFE_INTEGER, newKey());
      // If it is accepted, the balance may exceed what a JSON number can say, so the answer is kept out of the ledger.
      const { unaudited } = records;
      const unrecorded = shopApi.with({ onExchange: (exchange) => unaudited.exchanges.push(exchange) });
      const tried = await unrecorded.chargeBalance(userId, excessive);
      expect(tried.outcome).not.toBe('unknown');
      expect(tried.response?.status, describeAnswer(tried)).toBeLessThan(500);
      const isAccepted = tried.outcome === 'ok';
      await shopDatabase.addToBalance(account, isAccepted ? -excessive.amount : 0);
      notApplicableIf(isAccepted, 'accounts of this target can hold that');

      const charged = await shopApi.chargeBalance(userId, { ...excessive, amount: 1_000 });
      expect(requireAnswer(charged)).toMatchObject({ userId, balance: 6_000, chargedAmount: 1_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [6_000] });
    },
  );
});
