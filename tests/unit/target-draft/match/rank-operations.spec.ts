import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { isRecord } from '../../../../helpers/text/json.ts';
import type { Operation } from '../../../../helpers/target-draft/document/operation.ts';
import { operationsOfOpenApi } from '../../../../helpers/target-draft/document/operations-of-openapi.ts';
import { draftEndpoint } from '../../../../helpers/target-draft/match/draft-endpoint.ts';
import { rankOperations, roles } from '../../../../helpers/target-draft/match/rank-operations.ts';

type Fields = Readonly<Record<string, unknown>>;

const schemaOf = (fields: Fields): unknown => ({
  type: 'object',
  properties: Object.fromEntries(
    Object.entries(fields).map(([name, type]) => [
      name,
      isRecord(type)
        ? 'of' in type && isRecord(type.of)
          ? { type: 'array', items: schemaOf(type.of) }
          : schemaOf(type)
        : { type },
    ]),
  ),
});

/** Returns operations: `'POST /orders': [what is sent, what is answered]`. */
const operationsOf = (calls: Readonly<Record<string, readonly [sent: Fields, answered: Fields]>>) => {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [call, [sent, answered]] of Object.entries(calls)) {
    const [method = '', path = ''] = call.split(' ');
    const content = (fields: Fields) => ({ content: { 'application/json': { schema: schemaOf(fields) } } });
    paths[path] = {
      ...paths[path],
      [method.toLowerCase()]: {
        parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
          in: 'path',
          name,
          schema: { type: 'string' },
        })),
        requestBody: content(sent),
        responses: { 200: content(answered) },
      },
    };
  }
  return operationsOfOpenApi({ paths }, '/');
};

const chosen = (calls: Parameters<typeof operationsOf>[0]): Record<string, string> => {
  const ranked = rankOperations(operationsOf(calls));
  return Object.fromEntries(
    roles.flatMap((role) => (ranked[role][0] ? [[role, `${ranked[role][0].method} ${ranked[role][0].path}`]] : [])),
  );
};

const order = { orderId: 'integer', totalPrice: 'integer', status: 'string' };

test.describe('rank operations', () => {
  test('spending points on an order is its payment, other spending of points is not', () => {
    const balance = { userId: 'integer', balance: 'number' };
    expect(
      chosen({
        'PATCH /points/use': [{ userId: 'integer', orderId: 'integer' }, {}],
        'PATCH /points/charge': [{ userId: 'integer', chargeAmount: 'number' }, balance],
      }),
    ).toEqual({ chargeBalance: 'PATCH /points/charge', pay: 'PATCH /points/use' });
    expect(chosen({ 'PATCH /points/use': [{ userId: 'integer', amount: 'number' }, balance] }).pay).toBeUndefined();
  });

  test('calls of a shop with points, items and reviews are told apart', () => {
    expect(
      chosen({
        'GET /point/{userId}': [{}, { point: 'integer' }],
        'PATCH /point/{userId}/charge': [{ amount: 'integer' }, { point: 'integer' }],
        'PATCH /point/{userId}/use': [{ amount: 'integer' }, { point: 'integer' }],
        'GET /point/{userId}/histories': [{}, { point: 'integer' }],
        'GET /items/{itemId}': [{}, { name: 'string', price: 'integer', stock: 'integer' }],
        'GET /items/{itemId}/reviews': [{}, { price: 'integer' }],
        'POST /orders': [{ userId: 'integer', orderLines: { of: { itemId: 'integer', count: 'integer' } } }, order],
        'GET /orders/{orderId}': [{}, order],
        'PUT /orders/{orderId}/cancellation': [{}, order],
        'POST /payments': [{ orderId: 'integer', userId: 'integer' }, { paymentId: 'integer' }],
        'POST /payments/{paymentId}/refund': [{ orderId: 'integer' }, { paymentId: 'integer' }],
        'GET /actuator/health': [{}, { status: 'string' }],
      }),
    ).toEqual({
      health: 'GET /actuator/health',
      getBalance: 'GET /point/{userId}',
      chargeBalance: 'PATCH /point/{userId}/charge',
      getProduct: 'GET /items/{itemId}',
      createOrder: 'POST /orders',
      getOrder: 'GET /orders/{orderId}',
      cancelOrder: 'PUT /orders/{orderId}/cancellation',
      pay: 'POST /payments',
    });
  });

  test('balance within a user and calls nested under users are found', () => {
    expect(
      chosen({
        'GET /members/{memberNo}': [{}, { data: { memberNo: 'integer', balance: 'integer' } }],
        'POST /members/{memberNo}/deposits': [{ value: 'integer' }, { balance: 'integer' }],
        'POST /members/{memberNo}/orders': [{ productId: 'integer', quantity: 'integer' }, order],
        'POST /members/{memberNo}/orders/{orderNo}/payments': [{}, { amount: 'integer' }],
        'GET /products/{productId}': [{}, { price: 'integer', stockQuantity: 'integer' }],
        'GET /products': [{}, { price: 'integer' }],
      }),
    ).toEqual({
      getBalance: 'GET /members/{memberNo}',
      chargeBalance: 'POST /members/{memberNo}/deposits',
      getProduct: 'GET /products/{productId}',
      createOrder: 'POST /members/{memberNo}/orders',
      pay: 'POST /members/{memberNo}/orders/{orderNo}/payments',
    });
  });

  test('order without a call of its own is read from the list of orders, a product not from a page of all products', () => {
    const list = { content: { of: { id: 'integer', totalPrice: 'integer', status: 'string' } } };
    const calls = {
      'GET /users/{userId}/orders': [{}, list],
      'GET /products': [{}, { content: { of: { id: 'integer', price: 'integer' } } }],
      'POST /orders': [{ productId: 'integer', quantity: 'integer' }, order],
    } as const;
    expect(chosen(calls)).toEqual({
      getProduct: 'GET /products',
      createOrder: 'POST /orders',
      getOrder: 'GET /users/{userId}/orders',
    });
    expect(
      operationsOf(calls)
        .slice(0, 1)
        .map((operation) => draftEndpoint('getOrder', operation)),
    ).toMatchObject([
      {
        inList: 'content',
        answer: { orderId: 'id', totalAmount: 'totalPrice', status: 'status' },
      },
    ]);
    expect(chosen({ ...calls, 'GET /orders/{orderId}': [{}, order] })).toMatchObject({
      getOrder: 'GET /orders/{orderId}',
    });
    const page = operationsOf({ 'GET /products': calls['GET /products'] }).map((operation): Operation => {
      const query = {
        name: 'page',
        in: 'query',
        type: 'integer',
        isRequired: false,
        description: '',
        values: [],
      } as const;
      return { ...operation, parameters: [query] };
    });
    expect(rankOperations(page).getProduct).toEqual([]);
  });

  test('call that orders and pays at once is not taken for a payment', () => {
    const idempotencyKey = { type: 'string' };
    expect(
      chosen({
        'POST /orders': [{ items: { of: { productId: 'string', quantity: 'integer' } }, ...{ idempotencyKey } }, order],
      }),
    ).toEqual({ createOrder: 'POST /orders' });
  });

  test('parameters, bodies and answers get the field names of profiles', () => {
    const operations = operationsOf({
      'POST /members/{memberNo}/orders': [
        { lines: { of: { articleId: 'string', qty: 'integer' } }, idempotencyKey: 'string' },
        { data: { order: { id: 'integer', total: 'string', state: 'string', createdAt: 'string' } } },
      ],
    });
    expect(operations.map((operation) => draftEndpoint('createOrder', operation))).toMatchObject([
      {
        path: '/members/{userId}/orders',
        body: { items: 'lines', productId: 'articleId', quantity: 'qty' },
        key: { in: 'body', name: 'idempotencyKey' },
        answer: {
          orderId: 'data.order.id',
          totalAmount: 'data.order.total',
          status: 'data.order.state',
          createdAt: 'data.order.createdAt',
        },
      },
    ]);
  });
});
