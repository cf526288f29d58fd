import path from 'node:path';
import { expect, test } from '@playwright/test';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { ProfileSource } from '../../../../helpers/target-check/suggest/profile-source.ts';
import { writeProfile } from '../../support/runs/run-target-check.ts';

/** Returns a function that finds a property in a profile: file, line, text and how many names of its path were found. */
const finder = (file: string) => {
  const source = new ProfileSource(path.resolve(projectFolder, file));
  return (property: string) => {
    const place = source.find(property.split('.'));
    return place && `${path.basename(place.file)}:${place.line} ${place.text} (${place.found})`;
  };
};

test.describe('profile source', () => {
  test('property is found through variables, a missing one by its nearest ancestor', () => {
    const find = finder('helpers/profile/targets/reference.ts');
    expect(find('endpoints.pay.success')).toMatch(/^reference\.ts:\d+ success: 200 \(3\)$/);
    expect(find('endpoints.createOrder.answer.orderId')).toBe("reference.ts:4 orderId: 'orderId' (4)");
    expect(find('endpoints.getOrder.answer.totalAmount')).toMatch(
      /^reference\.ts:10 totalAmount: 'totalAmount' \(4\)$/,
    );
    expect(find('endpoints.getOrder.answer.paidAt')).toMatch(/ paidAt: 'paidAt' \(4\)$/);
    expect(find('refusals.key-reuse.status')).toMatch(/ status: 422 \(3\)$/);
    expect(find('tables.keys.1.table')).toMatch(/ table: 'order_idempotency' \(4\)$/);
    expect(find('authentication.by')).toMatch(/^reference\.ts:\d+ \{ \(0\)$/);
    expect(find('policies.replay.nothing')).toMatch(/ replay: \{ \(2\)$/);
  });

  test('property is found through spreads, imports and destructuring, in the file that sets it', () => {
    const find = finder('helpers/profile/targets/header-key.ts');
    expect(find('errors.code')).toMatch(/^header-key\.ts:\d+ code: 'type' \(2\)$/);
    expect(find('endpoints.pay.key.name')).toMatch(/^header-key\.ts:\d+ name: 'Idempotency-Key' \(4\)$/);
    expect(find('endpoints.pay.path')).toMatch(/^reference\.ts:\d+ path: '\/api\/orders\/\{orderId\}\/payment' \(3\)$/);
    expect(find('endpoints.health.path')).toMatch(/^reference\.ts:\d+ path: '\/health' \(3\)$/);
    expect(find('refusals.balance.status')).toMatch(/^reference\.ts:\d+ status: 409 \(3\)$/);
    expect(find('money.decimals')).toMatch(/^reference\.ts:\d+ decimals: 0 \(2\)$/);
  });

  test('last of several equal properties is found, and a computed one is shown whole', async ({
    baseURL,
  }, testInfo) => {
    expect(baseURL).toBeUndefined();
    const file = await writeProfile(
      testInfo.outputPath('profile.ts'),
      `{
  name: 'early',
  ...reference,
  money: { decimals: 2, ...reference.money, inJson: 'decimal-string' } as const,
  endpoints: ((all) => all)(reference.endpoints),
  'orderStatus': { ...(true ? { pending: 'NEW' } : {}), paid: 'PAID', cancelled: 'GONE' },
}`,
    );
    const find = finder(file);
    expect(find('name')).toMatch(/^reference\.ts:\d+ name: 'reference' \(1\)$/);
    expect(find('money.decimals')).toMatch(/^reference\.ts:\d+ decimals: 0 \(2\)$/);
    expect(find('money.inJson')).toBe("profile.ts:8 inJson: 'decimal-string' (2)");
    expect(find('endpoints.pay.success')).toBe('profile.ts:9 endpoints: ((all) => all)(reference.endpoints) (1)');
    expect(find('orderStatus.pending')).toBe("profile.ts:10 pending: 'NEW' (2)");
  });
});
