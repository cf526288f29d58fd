import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { operationsOfOpenApi, securityOf } from '../../../../helpers/target-draft/document/operations-of-openapi.ts';

const order = { type: 'object', properties: { id: { type: 'integer' }, lines: { type: 'array', items: {} } } };

test.describe('operations of OpenAPI', () => {
  test('OpenAPI 3 operation has its body, answer, parameters and refusals', () => {
    const [operation] = operationsOfOpenApi(
      {
        openapi: '3.0.3',
        components: {
          schemas: { Order: order },
          parameters: {
            Key: { in: 'header', name: 'Idempotency-Key', required: true, schema: { type: 'string', maxLength: 64 } },
          },
        },
        paths: {
          '/orders/{id}/pay': {
            parameters: [{ in: 'path', name: 'id', required: true, schema: { type: 'integer' } }],
            post: {
              operationId: 'payOrder',
              parameters: [{ $ref: '#/components/parameters/Key' }],
              requestBody: {
                content: {
                  'application/json': {
                    schema: {
                      type: 'object',
                      required: ['amount'],
                      properties: { amount: { type: 'number', example: 12.5 } },
                    },
                  },
                },
              },
              responses: {
                201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Order' } } } },
                409: {
                  content: { 'application/problem+json': { schema: { properties: { code: { type: 'string' } } } } },
                },
              },
            },
          },
        },
      },
      '/',
    );
    expect(operation).toMatchObject({
      method: 'POST',
      path: '/orders/{id}/pay',
      success: 201,
      body: [{ path: 'amount', type: 'number', isRequired: true, example: 12.5 }],
      answer: [{ path: 'id' }, { path: 'lines', type: 'array' }],
      errors: [{ path: 'code' }],
      parameters: [
        { in: 'path', name: 'id' },
        { in: 'header', name: 'Idempotency-Key', maxLength: 64, isRequired: true },
      ],
    });
  });

  test('Swagger 2 operation has its body, answer and base path', () => {
    const [operation] = operationsOfOpenApi(
      {
        swagger: '2.0',
        basePath: '/api',
        definitions: { Order: order },
        paths: {
          '/orders': {
            post: {
              parameters: [{ in: 'body', name: 'order', schema: { $ref: '#/definitions/Order' } }],
              responses: { 200: { schema: { $ref: '#/definitions/Order' } } },
            },
          },
        },
      },
      '/',
    );
    expect(operation).toMatchObject({ path: '/api/orders', success: 200, body: [{ path: 'id' }, { path: 'lines' }] });
  });

  test('list described as one of strings has the fields of its example', () => {
    const products = {
      ...{ type: 'array', items: { type: 'string' } },
      example: [{ productId: 1, price: 1200, amount: 2, tags: [{ label: 'new' }] }],
    };
    const [operation] = operationsOfOpenApi(
      {
        openapi: '3.0.0',
        paths: {
          '/order': {
            post: { requestBody: { content: { 'application/json': { schema: { properties: { products } } } } } },
          },
        },
      },
      '/',
    );
    expect(operation?.body.map(({ path, list }) => [path, list])).toEqual([
      ['products', undefined],
      ['productId', 'products'],
      ['price', 'products'],
      ['amount', 'products'],
      ['tags', 'products'],
    ]);
  });

  test('path prefix in both BASE_URL and document is used once, and the server of the document is ignored', () => {
    const document = { servers: [{ url: 'https://shop.example/v1/' }], paths: { '/orders': { get: {} } } };
    expect(operationsOfOpenApi(document, '/v1/')[0]?.path).toBe('/orders');
    expect(operationsOfOpenApi(document, '/')[0]?.path).toBe('/v1/orders');
  });

  test('schemas of allOf are merged, and of oneOf the first is used', () => {
    const all = {
      allOf: [
        { properties: { id: { type: 'integer' } } },
        { oneOf: [{ type: 'null' }, { properties: { total: {} } }] },
      ],
    };
    const document = {
      paths: { '/orders/{id}': { get: { responses: { 200: { content: { '*/*': { schema: all } } } } } } },
    };
    expect(operationsOfOpenApi(document, '/')[0]?.answer.map(({ path }) => path)).toEqual(['id', 'total']);
  });

  for (const [what, document] of Object.entries({
    'no object': 'text',
    'paths that are a list': { paths: [] },
    'operations that are texts': { paths: { '/orders': { get: 'text', post: { responses: 'none', parameters: {} } } } },
  })) {
    test(`document with ${what} is read as far as it goes`, () => {
      expect(operationsOfOpenApi(document, '/').length).toBeLessThanOrEqual(1);
    });
  }

  test('OAuth 2 password log-in has the path of its security scheme', () => {
    const password = (tokenUrl: string) => ({
      components: { securitySchemes: { one: { type: 'oauth2', flows: { password: { tokenUrl } } } } },
    });
    const at = (path: string) => [{ by: 'bearer-token', tokenPath: path }];
    expect(securityOf(password('users/login'), '/')).toEqual(at('/users/login'));
    expect(securityOf(password('https://elsewhere.example/shop/token'), '/shop')).toEqual(at('/token'));
    const ofSwagger = { securityDefinitions: { one: { type: 'oauth2', flow: 'password', tokenUrl: '/token' } } };
    expect(securityOf(ofSwagger, '/')).toEqual(at('/token'));
    expect(securityOf({ components: { securitySchemes: { one: { type: 'oauth2' } } } }, '/')).toEqual([
      { by: 'bearer-token' },
    ]);
  });

  test('authentication is that of the security schemes', () => {
    expect(
      securityOf(
        {
          components: {
            securitySchemes: {
              one: { type: 'http', scheme: 'Bearer' },
              two: { type: 'apiKey', in: 'header', name: 'X-Shop-Key' },
              three: { type: 'apiKey', in: 'query', name: 'key' },
            },
          },
        },
        '/',
      ),
    ).toEqual([{ by: 'bearer-token' }, { by: 'api-key', header: 'X-Shop-Key' }]);
  });
});
