import { z } from 'zod';
import { replacing } from '../../../fixtures/shops/reference/replace-steps.ts';
import { offered } from '../../../helpers/profile/endpoint-forms.ts';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { faultsNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { isOffered } from '../../../helpers/profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { roles } from '../../../helpers/target-draft/match/rank-operations.ts';
import { isRecord } from '../../../helpers/text/json.ts';
import { test, type Part } from '../support/runs/draft-from.ts';
import { serveDocuments } from '../support/servers/serve-documents.ts';

const partOf = (part: Part, name: string): Part => {
  const inner = part[name];
  return isRecord(inner) ? inner : {};
};

const withPaths = (document: Part, paths: Part): Part => ({
  ...document,
  paths: { ...paths, ...partOf(document, 'paths') },
});

/** Returns a document whose every schema is changed. */
function editSchemas(value: unknown, edit: (schema: Part) => Part): unknown {
  if (Array.isArray(value)) return value.map((one: unknown) => editSchemas(one, edit));
  if (!isRecord(value)) return value;
  return edit(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, editSchemas(inner, edit)])));
}

const linesById = z.object({ items: z.array(z.looseObject({ id: z.unknown().optional() })) });

const callsOf = ({ endpoints }: TargetProfile): string[] =>
  roles.map((role) => {
    const endpoint = endpoints[role];
    return isOffered(endpoint) ? `${endpoint.method} ${endpoint.path}` : '–';
  });

const answering = (properties: Part) => ({
  responses: { 200: { description: '', content: { 'application/json': { schema: { type: 'object', properties } } } } },
});

test.describe('misleading documents', () => {
  test.describe.configure({ timeout: 120_000 });

  test('endpoints that look alike are distinguished by sending requests', async ({ draftFrom }) => {
    const order = { totalAmount: { type: 'integer' }, status: { type: 'string' } };
    const { exitCode, output, profile } = await draftFrom((document) =>
      withPaths(document, {
        '/api/v2/orders/{orderId}/pay': {
          post: { operationId: 'payOrder', summary: 'Pay an order', ...answering({ paymentId: { type: 'integer' } }) },
        },
        '/api/users/{userId}/balance/history': { get: answering({ balance: { type: 'integer' } }) },
        '/api/admin/orders/{orderId}': { get: answering(order) },
        '/api/payments/{orderId}/cancel': { post: answering(order) },
      }),
    );
    expect(exitCode, output).toBe(0);
    expect(callsOf(profile)).toEqual(callsOf(reference));
  });

  test('document with wrong types and without examples, required fields and answers still leads to the profile', async ({
    draftFrom,
  }) => {
    const { exitCode, output, profile } = await draftFrom((document) =>
      editSchemas(document, (part) => ({
        ...Object.fromEntries(
          Object.entries(part).filter(([name]) => !['required', 'responses', 'minimum'].includes(name)),
        ),
        ...(part.type === 'integer' && { type: 'string' }),
      })),
    );
    expect(output).not.toContain('    at ');
    expect(exitCode, output).toBe(0);
    expect(profile.money).toEqual(reference.money);
    expect(profile.ids).toEqual(reference.ids);
    expect(profile.endpoints.createOrder.answer).toMatchObject({ orderId: 'orderId', totalAmount: 'totalAmount' });
  });

  test('wrong field name for the product of a line is corrected by sending requests', async ({ draftFrom }) => {
    const { exitCode, output, profile } = await draftFrom(
      (document) =>
        editSchemas(document, (schema) => {
          const names = Object.keys(partOf(partOf(schema, 'items'), 'properties'));
          if (schema.type !== 'array' || names.join() !== 'productId,quantity') return schema;
          return { type: 'array', items: { type: 'string' }, example: [{ productId: 1, quantity: 2 }] };
        }),
      replacing(({ requests }) => ({
        requests: {
          order: (body) => {
            const { items } = linesById.parse(body);
            const named = items.map(({ id, ...line }) => ({ ...line, productId: id }));
            return requests.order({ ...(isRecord(body) ? body : {}), items: named });
          },
        },
      }))(correctParts),
    );
    expect(exitCode, output).toBe(0);
    expect(profile.endpoints.createOrder.body).toMatchObject({ items: 'items', productId: 'id', quantity: 'quantity' });
  });

  test('recursive schemas and 3 MB of other endpoints are read in time', async ({ draftFrom }) => {
    const loop = { $ref: '#/components/schemas/Loop' };
    const others = Object.fromEntries(
      Array.from({ length: 1500 }, (_, number) => [
        `/api/other/things-${number}/{id}`,
        { get: { summary: 'x'.repeat(1500), ...answering({ thing: loop }) }, post: answering({ thing: loop }) },
      ]),
    );
    const { exitCode, output, profile } = await draftFrom((document) => ({
      ...withPaths(document, others),
      components: {
        schemas: {
          Loop: {
            type: 'object',
            properties: { parent: loop, children: { type: 'array', items: loop } },
            allOf: [loop],
          },
          Round: { $ref: '#/components/schemas/About' },
          About: { $ref: '#/components/schemas/Round' },
        },
      },
    }));
    expect(exitCode, output).toBe(0);
    expect(callsOf(profile)).toEqual(callsOf(reference));
  });

  test('reference to another host is not followed, and is named', async ({ draftFrom }) => {
    const elsewhere = await serveDocuments({ '/errors.json': '{}' });
    try {
      const { output, exitCode } = await draftFrom((document) =>
        withPaths(document, {
          '/api/stray': { get: { responses: { 200: { $ref: `${elsewhere.url}/errors.json#/Error` } } } },
        }),
      );
      expect(exitCode, output).toBe(0);
      expect(output).toContain(`${elsewhere.url}/errors.json was not read`);
      expect(elsewhere.asked).toEqual([]);
    } finally {
      elsewhere.close();
    }
  });

  for (const fault of ['replay-pays-again', 'replay-debits-again', 'expired-key-for-other-order-500']) {
    test(`defect ${fault} is not taken for a policy`, async ({ draftFrom }) => {
      const { profile } = await draftFrom((document) => document, faultsNamed(fault)(correctParts));
      expect(offered(profile.endpoints.pay)?.key).toEqual(reference.endpoints.pay.key);
      expect(profile.policies.key.requiredFor.toSorted()).toEqual(reference.policies.key.requiredFor.toSorted());
      expect(profile.policies.refusalsAreRemembered).toBe(false);
    });
  }
});
