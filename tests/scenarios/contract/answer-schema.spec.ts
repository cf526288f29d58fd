import {
  needsEnglish,
  needsErrorFields,
  needsLookUp,
  needsNoLogIn,
  needsStatedAmounts,
  needsStock,
  needsUserInBody,
} from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { errorTextsOf, withoutNames } from '../../../helpers/api/answers/error-form.ts';
import type { Exchange, ReceivedResponse } from '../../../helpers/api/answers/exchange.ts';
import { absentId, malformedIds } from '../../../helpers/profile/ids.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

/** Returns the content type of an answer. An empty one, as of 204, needs none: JSON could not be in another form. */
const contentTypeOf = ({ headers, body }: ReceivedResponse = answerOfNobody): string =>
  headers['content-type'] ?? (body === '' ? 'empty, as JSON may be' : 'none');

const answerOfNobody: ReceivedResponse = { status: 0, headers: {}, body: 'no answer' };

test.describe('answer format', { tag: '@contract' }, () => {
  test(
    'GET balance and GET product answer the seeded amounts in whole won and pieces',
    { annotation: promise('answers-have-promised-form') },
    async ({ newBuyer, shopApi }) => {
      const { account, product } = await newBuyer({ balance: 123_456_789, price: 98_765, stock: 42 });
      expect(requireAnswer(await shopApi.getBalance(account.userId))).toEqual({
        userId: account.userId,
        balance: 123_456_789,
      });
      const { productId, name } = product;
      const told = requireAnswer(await shopApi.getProduct(productId));
      expect({ name, ...told }).toEqual({ productId, name, price: 98_765, stock: 42 });
    },
  );

  test(
    'GET balance with an unknown user id is refused as unknown-user',
    { annotation: promise('unknown-ids-refused') },
    async ({ newAccount, shopApi, profile }) => {
      needsNoLogIn(profile);
      const account = await newAccount({ balance: 0 });
      expect(await shopApi.getBalance(absentId(account.userId))).toBeRefusedFor('unknown-user');
    },
  );

  test(
    'GET product with an unknown product id is refused as unknown-product',
    { annotation: promise('unknown-ids-refused') },
    async ({ newProduct, shopApi, profile }) => {
      needsLookUp(profile, 'getProduct');
      const product = await newProduct({ price: 1_000, stock: 0 });
      expect(await shopApi.getProduct(absentId(product.productId))).toBeRefusedFor('unknown-product');
    },
  );

  test(
    'refused payments and orders answer JSON that states why',
    { annotation: promise('answers-have-promised-form') },
    async ({ newOrder, shopApi, newKey, profile }) => {
      needsErrorFields(profile);
      const { account, order } = await newOrder({ balance: 0, price: 10_000 });
      const { userId } = account;
      const { orderId } = order;
      const payment = paymentBy(account, newKey());
      const refusals = [
        await shopApi.pay(orderId, payment),
        await shopApi.pay(absentId(orderId), payment),
        await shopApi.createOrder({ userId, items: [] }),
      ];
      for (const refusal of refusals) {
        expect(refusal.outcome).toBe('refused');
        for (const said of errorTextsOf(refusal, profile)) expect(said).toMatch(/\S/);
        expect(refusal.response?.headers['content-type']).toMatch(/json/i);
      }
    },
  );

  test(
    'refused top-up and malformed order body answer JSON that states why',
    { annotation: promise('answers-have-promised-form') },
    async ({ newAccount, shopApi, newKey, profile }) => {
      needsErrorFields(profile);
      const { userId } = await newAccount({ balance: 0 });
      const idempotencyKey = newKey();
      const refusals = [
        await shopApi.chargeBalance(userId, topUpOf(0, idempotencyKey)),
        await shopApi.sendText('createOrder', { userId }, '{', { idempotencyKey }),
      ];
      for (const refusal of refusals) {
        expect(refusal.outcome).toBe('refused');
        for (const said of errorTextsOf(refusal, profile)) expect(said).toMatch(/\S/);
        expect(refusal.response?.headers['content-type']).toMatch(/json/i);
      }
    },
  );

  test(
    'payment refused for insufficient balance states the amounts required and available',
    { tag: '@balance', annotation: promise('refusal-names-true-cause') },
    async ({ newOrder, payOrder, profile }) => {
      needsStatedAmounts(profile);
      const { order } = await newOrder({ balance: 12_345, price: 54_321 });
      expect(await payOrder(order)).toBeRefusedFor('balance', { required: 54_321, available: 12_345 });
    },
  );

  test(
    'order refused as out of stock states the quantities required and available',
    { tag: '@stock', annotation: promise('refusal-names-true-cause') },
    async ({ newBuyer, shopApi, profile }) => {
      needsStatedAmounts(profile);
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { account, product } = await newBuyer({ balance: 1_000, price: 1, stock: 123 });
      const refused = await shopApi.createOrder(orderOf(account, product, { quantity: 456 }));
      expect(refused).toBeRefusedFor('stock', { required: 456, available: 123 });
    },
  );

  test(
    'refused payment has the same code and amounts in English, and no Korean text',
    { annotation: promise('english-on-request') },
    async ({ newOrder, shopApi, newKey, profile }) => {
      needsEnglish(profile);
      const { account, order } = await newOrder({ balance: 1_000, price: 10_000 });
      const payment = paymentBy(order, newKey());
      const plain = await shopApi.pay(order.orderId, payment);
      const english = await shopApi.with({ headers: { 'accept-language': 'en' } }).pay(order.orderId, payment);
      expect(plain).toBeRefusedFor('balance', { required: 10_000, available: 1_000 });
      expect(english).toBeRefusedFor('balance', { required: 10_000, available: 1_000 });
      expect(english.refusal?.code).toBe(plain.refusal?.code);
      for (const said of errorTextsOf(english, profile)) {
        const words = withoutNames(said, [account]);
        expect(words, 'message when English is requested').not.toMatch(/\p{Script=Hangul}/u);
      }
    },
  );

  test(
    'every successful call answers with a JSON content type',
    { annotation: promise('answers-have-promised-form') },
    async ({ newOrder, placeOrder, payOrder, shopApi, newKey }) => {
      const { account, product, order } = await newOrder({ price: 10_000 });
      const unwanted = await placeOrder(account, { product });
      const { userId } = account;
      const idempotencyKey = newKey();
      const charge = topUpOf(1_000, newKey());
      const calls = [
        { name: 'createOrder', send: () => shopApi.createOrder(orderOf(account, product, { idempotencyKey })) },
        { name: 'pay', send: () => payOrder(order) },
        { name: 'getOrder', send: () => shopApi.getOrder(order.orderId, account) },
        { name: 'cancelOrder', send: () => shopApi.cancelOrder(unwanted.orderId, account) },
        { name: 'getBalance', send: () => shopApi.getBalance(userId) },
        { name: 'getProduct', send: () => shopApi.getProduct(product.productId) },
        { name: 'chargeBalance', send: () => shopApi.chargeBalance(userId, charge) },
      ] as const;
      for (const { name, send } of calls.filter((call) => shopApi.offers(call.name))) {
        const exchange = await send();
        requireAnswer<unknown>(exchange);
        expect(contentTypeOf(exchange.response), `content type of ${name}`).toMatch(/json/i);
      }
    },
  );

  test(
    'cancellation with a malformed user id or body is refused and the order stays pending',
    { tag: '@orders', annotation: promise('malformed-input-refused') },
    async ({ newOrder, shopApi, shopDatabase, profile }) => {
      needsUserInBody(profile, 'cancelOrder');
      const { account, order } = await newOrder({ price: 10_000 });
      const { orderId, userId } = order;
      const refusals: Exchange[] = [];
      for (const malformed of malformedIds(profile.ids.user, userId)) {
        refusals.push(await shopApi.cancelOrder(orderId, { userId: malformed }));
      }
      for (const body of ['{"userId":', '', 'null', '"cancel"', '[]']) {
        refusals.push(await shopApi.sendText('cancelOrder', { orderId, userId }, body));
      }
      // A target may read a missing user id as 0: an unknown user, or not the order's.
      for (const refusal of refusals) {
        expect(refusal).toBeRefusedFor(['invalid-input', 'foreign-order', 'unknown-user']);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
    },
  );

  test(
    'top-up with a malformed body is refused and credits nothing',
    { tag: '@balance', annotation: promise('malformed-input-refused') },
    async ({ newAccount, shopApi, shopDatabase, newKey }) => {
      const { userId } = await newAccount({ balance: 5_000 });
      const idempotencyKey = newKey();
      for (const body of ['{"amount": 1000', '', 'null', '"charge"', '[]', 'amount=1000']) {
        const refused = await shopApi.sendText('chargeBalance', { userId }, body, { idempotencyKey });
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-charge']);
      }
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [5_000] });
    },
  );
});
