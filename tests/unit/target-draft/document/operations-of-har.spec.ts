import { writeFileSync } from 'node:fs';
import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { operationsOfHar, readHar } from '../../../../helpers/target-draft/document/operations-of-har.ts';

const entry = (
  method: string,
  url: string,
  status: number,
  answer: unknown,
  sent?: unknown,
  headers: readonly unknown[] = [],
) => ({
  request: { method, url, headers, ...(sent !== undefined && { postData: { text: JSON.stringify(sent) } }) },
  response: { status, content: { text: JSON.stringify(answer) } },
});

const session = (...entries: readonly unknown[]) => ({ log: { entries } });

test.describe('operations of HAR', () => {
  test('repeated calls with other ids are one operation with parameters', () => {
    const operations = operationsOfHar(
      session(
        entry('GET', 'http://shop.example/orders/17', 200, { id: 17, total: 10 }),
        entry('GET', 'http://shop.example/orders/18', 404, { code: 'O1' }),
        entry('POST', 'http://shop.example/orders/18/pay', 200, { ok: true }, { userId: 1 }, [
          { name: 'Idempotency-Key', value: 'k' },
        ]),
        entry('GET', 'http://tracker.example/pixel', 200, {}),
      ),
      'http://localhost:8080',
    );
    expect(operations.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /orders/{order_id}',
      'POST /orders/{order_id}/pay',
    ]);
    expect(operations[0]).toMatchObject({
      success: 200,
      answer: [{ path: 'id' }, { path: 'total' }],
      errors: [{ path: 'code' }],
    });
    expect(operations[1]?.parameters).toContainEqual(
      expect.objectContaining({ in: 'header', name: 'Idempotency-Key' }),
    );
  });

  test('UUIDs and long ids in a path are parameters, versions and words are not', () => {
    const [operation] = operationsOfHar(
      session(entry('GET', 'http://a/api/v1/users/6f1d0b52-3c0e-4d0a-9a53-0d6c1f6e1a01/orders/ord_5b0c1234', 200, {})),
      'http://a',
    );
    expect(operation?.path).toBe('/api/v1/users/{user_id}/orders/{order_id}');
  });

  test('broken entries and answers without JSON are left out', () => {
    const har = session({ request: 1 }, entry('GET', 'http://a/orders/1', 200, { id: 1 }), {
      request: { method: 'GET', url: 'http://a/page' },
      response: { status: 200, content: { text: '<html>' } },
    });
    expect(operationsOfHar(har, 'http://a')).toHaveLength(1);
  });

  test('file that is no HAR is refused, and the error says how to record one', async ({}, testInfo) => {
    const file = testInfo.outputPath('session.har');
    writeFileSync(file, '{"log":1}');
    await expect(readHar(file)).rejects.toThrow('Save all as HAR');
    await expect(readHar(`${file}.missing`)).rejects.toThrow('cannot be read');
  });
});
