import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { requestBody } from '../../../helpers/api/request-body.ts';
import ordersInLocation from '../../../fixtures/shops/targets/orders-in-location.ts';
import pricesInLines from '../../../fixtures/shops/targets/prices-in-lines.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { parseJson } from '../../../helpers/text/json.ts';
import { answering } from '../support/servers/answering-api.ts';

const prices = new Map([
  [7, 1_500],
  [8, 200],
]);

/** Returns an API whose orders are answered by their place, and what is sent to it. */
const orderingAt = (profile: TargetProfile, location: string) => {
  const { api, requests } = answering({ status: 201, headers: { location }, body: '' }, profile);
  return { api: api.with({ priceOf: (id) => prices.get(Number(id)) }), requests };
};

const items = [
  { productId: 7, quantity: 2 },
  { productId: 8, quantity: 1 },
];

test.describe('prices of orders', () => {
  for (const location of ['/api/orders/12', 'https://shop.example/api/orders/12/?created=1']) {
    test(`order whose Location is ${location} has its id from there, and its total from the prices`, async () => {
      const { answer, malformed } = await orderingAt(ordersInLocation, location).api.createOrder({ userId: 1, items });
      expect(malformed).toBeUndefined();
      expect(answer).toEqual({ orderId: 12, userId: 1, totalAmount: 3_200 });
    });
  }

  test('order without an id at the end of its Location is malformed', async () => {
    const { malformed } = await orderingAt(ordersInLocation, '/').api.createOrder({ userId: 1, items });
    expect(malformed?.join()).toContain('orderId');
  });

  test('price that a line must state is the one of its product, in the notation of the target', async () => {
    const money = { decimals: 2, inJson: 'decimal-string', inTables: 'decimal' } as const;
    const { api, requests } = orderingAt({ ...pricesInLines, money }, '/');
    await api.createOrder({ userId: 1, items: [{ productId: 7, quantity: 2 }] });
    await api.createOrder({ userId: 1, items: [{ productId: 7, quantity: 2, price: 1 }] });
    await api.createOrder({ userId: 1, items: [{ productId: 99, quantity: 2 }] });
    const stated = requests.map(({ body = '' }) => parseJson(body));
    expect(stated).toMatchObject(
      ['15.00', '0.01', '10.00'].map((unitPrice) => ({ items: [{ quantity: 2, unitPrice }] })),
    );
  });

  for (const [amount, said] of [
    ['ten thousand', {}],
    // Should it be accepted, so much was topped up.
    ['10000', { chargedAmount: 10_000 }],
  ] as const) {
    test(`top-up of ${JSON.stringify(amount)} that answers the balance alone has the amount only if it is a number`, async () => {
      const { chargeBalance } = reference.endpoints;
      const endpoints = { ...reference.endpoints, chargeBalance: { ...chargeBalance, answer: { balance: 'balance' } } };
      const { api } = answering({ status: 200, headers: {}, body: '{"balance":5}' }, { ...reference, endpoints });
      const exchange = await api.chargeBalance(1, { amount, idempotencyKey: 'one' });
      expect(exchange.malformed).toBeUndefined();
      expect(exchange.answer).toEqual({ userId: 1, balance: 5, ...said });
    });
  }

  test('constants with dotted names lie deeper in the body, beside the fields there', () => {
    const constants = { 'order.channel': 'WEB', currency: 'KRW' };
    expect(requestBody({ constants }, [['order.userId', 5]])).toEqual({
      order: { channel: 'WEB', userId: 5 },
      currency: 'KRW',
    });
  });
});
