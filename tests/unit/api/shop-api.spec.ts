import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import noKeys from '../../../fixtures/shops/targets/no-keys.ts';
import type { Exchange, SentRequest } from '../../../helpers/api/answers/exchange.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { answer, answering } from '../support/servers/answering-api.ts';
import { orderAnswer, paymentAnswer } from '../support/examples/exchange-examples.ts';

const bodies = (requests: readonly SentRequest[]): unknown[] =>
  requests.map(({ body }): unknown => (body === undefined ? undefined : JSON.parse(body)));

const withKeyInHeader: TargetProfile = {
  ...reference,
  endpoints: { ...reference.endpoints, pay: { ...reference.endpoints.pay, key: { in: 'header', name: 'X-Key' } } },
};

const withOtherNames: TargetProfile = {
  ...reference,
  endpoints: {
    ...reference.endpoints,
    createOrder: {
      ...reference.endpoints.createOrder,
      path: '/v2/orders',
      body: { userId: 'buyer', items: 'lines', productId: 'sku', quantity: 'count' },
      key: { in: 'body', name: 'requestId' },
    },
    pay: { ...reference.endpoints.pay, method: 'PUT', path: '/v2/pay/{orderId}' },
  },
};

/** Ids that would change the path of a request. */
const pathChangingIds = [
  '.',
  '..',
  '..;x',
  '../admin',
  'a/../../x',
  'a\\..\\x',
  'a/b',
  '?x',
  'a#b',
  '%2e%2e',
  '1\n',
  '\0',
  '\ud800',
];

test.describe('shop API', () => {
  test('every call goes to its endpoint, with a JSON content type only where there is a body', async () => {
    const { api, requests } = answering(answer(200));
    await api.health();
    await api.getBalance(1);
    await api.chargeBalance(1, { amount: 10, idempotencyKey: 'k' });
    await api.getProduct(3);
    await api.createOrder({ userId: 1, items: [{ productId: 3, quantity: 2 }], idempotencyKey: 'k' });
    await api.getOrder(12);
    await api.cancelOrder(12, { userId: 1 });
    await api.pay(12, { userId: 1, amount: 50_000, idempotencyKey: 'k' });
    expect(requests.map(({ method, path, body }) => [method, path, body])).toEqual([
      ['GET', '/health', undefined],
      ['GET', '/api/users/1/balance', undefined],
      ['POST', '/api/users/1/balance/charge', '{"amount":10,"idempotencyKey":"k"}'],
      ['GET', '/api/products/3', undefined],
      ['POST', '/api/orders', '{"userId":1,"items":[{"productId":3,"quantity":2}],"idempotencyKey":"k"}'],
      ['GET', '/api/orders/12', undefined],
      ['POST', '/api/orders/12/cancel', '{"userId":1}'],
      ['POST', '/api/orders/12/payment', '{"userId":1,"amount":50000,"idempotencyKey":"k"}'],
    ]);
    expect(requests.map(({ headers, body }) => headers['content-type'] === (body && 'application/json'))).toEqual(
      requests.map(() => true),
    );
  });

  test('ids with special characters are percent-encoded in the path', async () => {
    const { api, requests } = answering(answer(404));
    for (const id of ['한글', ' ', 'a+b=c&d;e', '...', 'a..b', -1, 1e21]) await api.getOrder(id);
    expect(requests.map(({ path }) => path.replace('/api/orders/', ''))).toEqual([
      '%ED%95%9C%EA%B8%80',
      '%20',
      'a%2Bb%3Dc%26d%3Be',
      '...',
      'a..b',
      '-1',
      '1e%2B21',
    ]);
  });

  test('request with an id that would change the path is not sent', async () => {
    const { api, requests } = answering(answer(200));
    for (const id of pathChangingIds) {
      const calls = [
        api.getBalance(id),
        api.getProduct(id),
        api.getOrder(id),
        api.cancelOrder(id, { userId: 1 }),
        api.pay(id, { userId: 1, idempotencyKey: 'k' }),
        api.sendText('pay', { orderId: id }, '{}'),
      ];
      for (const call of calls) await expect.soft(call).rejects.toThrow(/^The id .* so it was not sent\.$/);
    }
    expect(requests).toEqual([]);
  });

  test('answer with an order id that would change the path is malformed', async () => {
    const ids = { ...reference.ids, order: 'string' } as const;
    for (const orderId of pathChangingIds) {
      const { api } = answering(answer(201, orderAnswer({ orderId })), { ...reference, ids });
      const exchange = await api.createOrder({ userId: 1, items: [{ productId: 3, quantity: 1 }] });
      expect
        .soft(exchange.malformed)
        .toEqual([expect.stringMatching(/^orderId: .* is no id that could stand in a path$/)]);
      expect.soft(exchange.answer).toBeUndefined();
    }
  });

  test('method, path and body fields are those of the profile', async () => {
    const { api, requests } = answering(answer(201), withOtherNames);
    await api.createOrder({ userId: 1, items: [{ productId: 3, quantity: 2 }], idempotencyKey: 'k' });
    await api.pay(12, { userId: 1, idempotencyKey: 'k' });
    expect(bodies(requests)[0]).toEqual({ buyer: 1, lines: [{ sku: 3, count: 2 }], requestId: 'k' });
    expect(requests[1]).toMatchObject({ method: 'PUT', path: '/v2/pay/12' });
  });

  test('undefined fields are left out and wrongly typed ones are sent unchanged', async () => {
    const { api, requests } = answering(answer(400));
    await api.pay(12, { userId: undefined, idempotencyKey: undefined });
    await api.pay(12, { userId: null, amount: '1', idempotencyKey: { a: [1] } });
    await api.createOrder({ userId: 1, items: [{ productId: 3, quantity: undefined }] });
    await api.createOrder({ userId: 1, items: undefined });
    expect(bodies(requests)).toEqual([
      {},
      { userId: null, amount: '1', idempotencyKey: { a: [1] } },
      { userId: 1, items: [{ productId: 3 }] },
      { userId: 1 },
    ]);
  });

  test('idempotency key travels in the header that the profile names, and not in the body', async () => {
    const { api, requests } = answering(answer(200), withKeyInHeader);
    const exchange = await api.pay(12, { userId: 1, idempotencyKey: 'k 1' });
    await api.pay(12, { userId: 1, idempotencyKey: undefined });
    await api.getOrder(12);
    expect(requests.map(({ headers }) => headers['X-Key'])).toEqual(['k 1', undefined, undefined]);
    expect(bodies(requests)[0]).toEqual({ userId: 1 });
    expect(exchange.idempotencyKey).toBe('k 1');
    const inBody = answering(answer(200));
    await inBody.api.pay(12, { userId: 1, idempotencyKey: 'k 1' });
    expect(Object.keys(inBody.requests[0]?.headers ?? {})).toEqual(['accept', 'content-type']);
  });

  test('malformed body text is sent unchanged', async () => {
    const { api, requests } = answering(answer(400));
    await api.sendText('pay', { orderId: 12 }, '{"userId": 1,');
    await api.sendText('createOrder', {}, '');
    expect(requests.map(({ path, body }) => [path, body])).toEqual([
      ['/api/orders/12/payment', '{"userId": 1,'],
      ['/api/orders', ''],
    ]);
  });

  test('request without an answer has an unknown outcome and a one-line reason', async () => {
    const { api } = answering(new Error('connect ECONNREFUSED\nCall log:\n  - POST /'));
    const exchange = await api.pay(12, { userId: 1, idempotencyKey: 'k' });
    expect(exchange).toMatchObject({ outcome: 'unknown', failure: 'connect ECONNREFUSED', idempotencyKey: 'k' });
    expect(exchange).not.toHaveProperty('response');
    expect(exchange).not.toHaveProperty('refusal');
  });

  test('success in the promised form is ok and carries the parsed answer', async () => {
    const { api } = answering(answer(200, paymentAnswer()));
    const exchange = await api.pay(12, { userId: 1, idempotencyKey: 'k' });
    expect(exchange).toMatchObject({ name: 'pay', outcome: 'ok', answer: paymentAnswer() });
    expect(exchange).not.toHaveProperty('malformed');
    expect(exchange.durationMs).toBeGreaterThanOrEqual(0);
  });

  test('success with another 2xx status or another body is malformed', async () => {
    const order = { userId: 1, items: [] };
    expect(await answering(answer(200, orderAnswer())).api.createOrder(order)).toMatchObject({
      outcome: 'ok',
      answer: orderAnswer(),
      malformed: ['status 200 instead of 201'],
    });
    const empty = await answering(answer(204, '')).api.createOrder(order);
    expect(empty.malformed).toEqual(expect.arrayContaining(['status 204 instead of 201']));
    expect(empty.malformed?.length).toBeGreaterThan(5);
    expect(empty).not.toHaveProperty('answer');
  });

  test('any status outside 2xx is a classified refusal, redirects included', async () => {
    const statuses = [302, 304, 400, 409, 500, 503];
    const exchanges = statuses.map((status) =>
      answering(answer(status, { code: 'PAY001' })).api.pay(12, { userId: 1, idempotencyKey: 'k' }),
    );
    expect(await Promise.all(exchanges)).toEqual(
      statuses.map((status) =>
        expect.objectContaining({
          outcome: 'refused',
          refusal: { reason: 'balance', namedBy: 'code', status, code: 'PAY001' },
        }),
      ),
    );
    const moved = await answering(answer(302, '')).api.health();
    expect(moved).toMatchObject({
      outcome: 'refused',
      refusal: { reason: 'unknown', namedBy: 'nothing', status: 302 },
    });
  });

  test('changed copy has its own headers and reports each exchange once, the original does not', async () => {
    const seen: Exchange[] = [];
    const titles: string[] = [];
    const { api, requests } = answering(answer(404, { code: 'U001' }));
    const english = api.with({
      headers: { 'accept-language': 'en' },
      onExchange: (exchange) => seen.push(exchange),
      step: (title, body) => {
        titles.push(title);
        return body();
      },
    });
    const exchange = await english.getBalance(1);
    await api.getBalance(1);
    expect(seen).toEqual([exchange]);
    expect(titles).toEqual(['looks up the balance of user 1']);
    expect(requests.map(({ headers }) => headers['accept-language'])).toEqual(['en', undefined]);
  });

  test('step of a payment names its key where the endpoint takes one, and else none', async () => {
    const titleFor = async (profile: TargetProfile): Promise<string> => {
      const titles: string[] = [];
      const { api } = answering(answer(404), profile);
      const step = <Result>(title: string, body: () => Promise<Result>): Promise<Result> => {
        titles.push(title);
        return body();
      };
      await api.with({ step }).pay(12, { userId: 1, idempotencyKey: 'k' });
      return titles.join('\n');
    };
    expect(await titleFor(reference)).toBe('user 1 pays order 12 with key "k"');
    expect(await titleFor(noKeys)).toBe('user 1 pays order 12');
  });
});
