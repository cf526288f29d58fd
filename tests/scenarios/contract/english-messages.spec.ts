import {
  needsEnglish,
  needsLookUp,
  needsNoLogIn,
  needsRefusedSecondCancellation,
  needsStock,
  needsUserNamed,
} from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { errorTextsOf, withoutNames } from '../../../helpers/api/answers/error-form.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

const hangul = /\p{Script=Hangul}/u;

const messageOf = ({ refusal }: Exchange): string => `message for ${refusal?.reason} when English is requested`;

test.describe('English messages', { tag: '@contract', annotation: promise('english-on-request') }, () => {
  test('refused payments, orders and top-ups have English messages when English is requested', async ({
    newAccount,
    newOrder,
    payOrder,
    shopApi,
    newKey,
    profile,
  }) => {
    needsEnglish(profile);
    // Without keys, paying a paid order may be a replay.
    needsKeys(profile, 'pay');
    needsUserNamed(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const stranger = await newAccount({ balance: 50_000 });
    expect(await payOrder(order)).toBePaid(order);
    const english = shopApi.with({ headers: { 'accept-language': 'en' } });
    const paying = (orderId: typeof order.orderId, user: typeof account) =>
      english.pay(orderId, paymentBy(user, newKey()));
    const refusals = [
      { reasons: ['order-state'], refusal: await paying(order.orderId, account) },
      { reasons: ['foreign-order', 'order-state'], refusal: await paying(order.orderId, stranger) },
      { reasons: ['unknown-order'], refusal: await paying(absentId(order.orderId), account) },
      { reasons: ['invalid-input'], refusal: await english.createOrder({ userId: account.userId, items: [] }) },
      {
        reasons: ['invalid-charge', 'invalid-input'],
        refusal: await english.chargeBalance(account.userId, topUpOf(0, newKey())),
      },
    ] as const;
    for (const { reasons, refusal } of refusals) {
      expect(refusal).toBeRefusedFor(reasons);
      for (const said of errorTextsOf(refusal, profile)) {
        expect(withoutNames(said, [account, stranger]), messageOf(refusal)).not.toMatch(hangul);
      }
    }
  });

  test(
    'key reuse is refused with an English message when English is requested',
    { tag: '@idempotency' },
    async ({ newOrder, placeOrder, payOrder, shopApi, newKey, profile }) => {
      needsEnglish(profile);
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 50_000, price: 10_000 });
      const other = await placeOrder(account, { product });
      const idempotencyKey = newKey();
      expect(await payOrder(order, idempotencyKey)).toBePaid(order);
      const english = shopApi.with({ headers: { 'accept-language': 'en' } });
      const refusal = await english.pay(other.orderId, paymentBy(account, idempotencyKey));
      expect(refusal).toBeRefusedFor('key-reuse');
      for (const said of errorTextsOf(refusal, profile)) {
        expect(withoutNames(said, [account]), messageOf(refusal)).not.toMatch(hangul);
      }
    },
  );

  test('unknown product and quantity 0 are refused with English messages when English is requested', async ({
    newAccount,
    newProduct,
    shopApi,
    profile,
  }) => {
    needsEnglish(profile);
    needsLookUp(profile, 'getProduct');
    const account = await newAccount({ balance: 1_000 });
    const { productId } = await newProduct({ price: 1_000, stock: 5 });
    const english = shopApi.with({ headers: { 'accept-language': 'en' } });
    const ordering = (id: typeof productId, quantity: number) =>
      english.createOrder(orderOf(account, { productId: id }, { quantity }));
    const refusals = [
      { reasons: ['unknown-product'], refusal: await english.getProduct(absentId(productId)) },
      { reasons: ['unknown-product'], refusal: await ordering(absentId(productId), 1) },
      { reasons: ['invalid-quantity', 'invalid-input'], refusal: await ordering(productId, 0) },
    ] as const;
    for (const { reasons, refusal } of refusals) {
      expect(refusal).toBeRefusedFor(reasons);
      for (const said of errorTextsOf(refusal, profile)) expect(said, messageOf(refusal)).not.toMatch(hangul);
    }
  });

  test('unknown user is refused with an English message when English is requested', async ({
    newAccount,
    shopApi,
    profile,
  }) => {
    needsEnglish(profile);
    needsNoLogIn(profile);
    const { userId } = await newAccount({ balance: 0 });
    const refusal = await shopApi.with({ headers: { 'accept-language': 'en' } }).getBalance(absentId(userId));
    expect(refusal).toBeRefusedFor('unknown-user');
    for (const said of errorTextsOf(refusal, profile)) expect(said, messageOf(refusal)).not.toMatch(hangul);
  });

  test(
    'second cancellation is refused with an English message when English is requested',
    { tag: '@orders' },
    async ({ newOrder, shopApi, profile }) => {
      needsEnglish(profile);
      needsRefusedSecondCancellation(profile);
      const { account, order } = await newOrder({ price: 10_000 });
      requireAnswer(await shopApi.cancelOrder(order.orderId, account));
      const english = shopApi.with({ headers: { 'accept-language': 'en' } });
      const refusal = await english.cancelOrder(order.orderId, account);
      expect(refusal).toBeRefusedFor('order-state');
      for (const said of errorTextsOf(refusal, profile)) {
        expect(withoutNames(said, [account]), messageOf(refusal)).not.toMatch(hangul);
      }
    },
  );

  test(
    'order refused as out of stock states the quantities when English is requested',
    { tag: '@stock' },
    async ({ newBuyer, shopApi, profile }) => {
      needsEnglish(profile);
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 1_000, price: 1, stock: 3 });
      const english = shopApi.with({ headers: { 'accept-language': 'en' } });
      const refused = await english.createOrder(orderOf(account, product, { quantity: 7 }));
      expect(refused).toBeRefusedFor('stock', { required: 7, available: 3 });
    },
  );
});
