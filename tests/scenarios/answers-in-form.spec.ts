import { expect, test } from '../../fixtures/test.ts';
import type { Exchange } from '../../helpers/exchange.ts';
import { parseJson } from '../../helpers/json.ts';
import { absentId } from '../../helpers/ids.ts';
import { contentOf } from '../../helpers/shop-api.ts';

const errorForm = {
  code: expect.stringMatching(/\S/),
  message: expect.stringMatching(/\S/),
  timestamp: expect.stringMatching(/\d/),
};

const jsonOf = ({ response }: Exchange): unknown => parseJson(response?.body ?? '');

test.describe('answers in form', { tag: '@contract' }, () => {
  test('what is there is shown in whole won and pieces', async ({ newAccount, newProduct, shopApi }) => {
    const account = await newAccount({ balance: 123_456_789 });
    const product = await newProduct({ price: 98_765, stock: 42 });
    expect(contentOf(await shopApi.getBalance(account.userId))).toEqual({
      userId: account.userId,
      balance: 123_456_789,
    });
    const { productId, name } = product;
    expect(contentOf(await shopApi.getProduct(productId))).toEqual({ productId, name, price: 98_765, stock: 42 });
  });

  test('what is not there is not found', async ({ newAccount, newProduct, shopApi }) => {
    const account = await newAccount({ balance: 0 });
    const product = await newProduct({ price: 1_000, stock: 0 });
    expect(await shopApi.getBalance(absentId(account.userId))).toBeRefusedFor('unknown-user');
    expect(await shopApi.getProduct(absentId(product.productId))).toBeRefusedFor('unknown-product');
  });

  test('refusals of every kind have a code, a message and a time', async ({ newOrder, shopApi, catalogue }) => {
    const { account, order } = await newOrder({ balance: 0, price: 10_000 });
    const { userId } = account;
    const { orderId } = order;
    const payment = { userId, idempotencyKey: catalogue.idempotencyKey() };
    const refusals = [
      await shopApi.pay(orderId, payment),
      await shopApi.pay(orderId, { ...payment, idempotencyKey: '' }),
      await shopApi.pay(absentId(orderId), payment),
      await shopApi.sendText('pay', { orderId }, '{'),
      await shopApi.createOrder({ userId, items: [] }),
      await shopApi.getBalance(absentId(userId)),
      await shopApi.chargeBalance(userId, { amount: 0, idempotencyKey: 'k' }),
    ];
    for (const refusal of refusals) {
      expect(refusal.outcome).toBe('refused');
      expect(jsonOf(refusal)).toMatchObject(errorForm);
      expect(refusal.response?.headers['content-type']).toContain('json');
    }
  });

  test('messages are in English when that is asked for, with the same codes', async ({
    newOrder,
    shopApi,
    catalogue,
  }) => {
    const { order } = await newOrder({ balance: 1_000, price: 10_000 });
    const payment = { userId: order.userId, idempotencyKey: catalogue.idempotencyKey() };
    const plain = await shopApi.pay(order.orderId, payment);
    const english = await shopApi
      .with({ headers: { 'accept-language': 'en-US,en;q=0.9' } })
      .pay(order.orderId, payment);
    expect(plain).toBeRefusedFor('balance', { required: 10_000, available: 1_000 });
    expect(english).toBeRefusedFor('balance', { required: 10_000, available: 1_000 });
    expect(english.refusal?.code).toBe(plain.refusal?.code);
  });

  test(
    'a cancellation without its user, or with a malformed body, is refused',
    { tag: '@orders' },
    async ({ newOrder, shopApi, profile }) => {
      const { order } = await newOrder({ price: 10_000 });
      const { orderId } = order;
      expect(await shopApi.cancelOrder(orderId, { userId: undefined })).toBeRefusedFor('invalid-input');
      expect(await shopApi.sendText('cancelOrder', { orderId }, '{"userId":')).toBeRefusedFor('invalid-input');
      expect(contentOf(await shopApi.getOrder(orderId)).status).toBe(profile.orderStatus.pending);
    },
  );

  test(
    'a top-up with a malformed body is refused',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase }) => {
      const { userId } = await newAccount({ balance: 5_000 });
      for (const body of ['{"amount": 1000', '', '[]', 'amount=1000']) {
        const refused = await shopApi.sendText('chargeBalance', { userId }, body);
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-charge']);
      }
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([5_000]);
    },
  );
});
