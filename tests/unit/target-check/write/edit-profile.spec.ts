import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { editProfile } from '../../../../helpers/target-check/write/edit-profile.ts';

const flat = (text: string | undefined): string | undefined =>
  text?.replaceAll(/\s+/g, ' ').replaceAll(/,(?= [}\])])|, (?=\})/g, '');

const profile = (members: string): string => `export default defineTarget({ ...reference, ${members} });`;

test.describe('edit profile', () => {
  for (const [what, before, property, value, after] of [
    ['value', "orderStatus: { paid: 'PAID' }", ['orderStatus', 'paid'], 'DONE', "orderStatus: { paid: 'DONE' }"],
    [
      'value inherited from the reference',
      "name: 'a'",
      ['endpoints', 'pay', 'success'],
      201,
      "name: 'a', endpoints: { ...reference.endpoints, pay: { ...reference.endpoints.pay, success: 201 } }",
    ],
    [
      'value of a spread object',
      'endpoints: { ...endpoints }',
      ['endpoints', 'pay', 'answer', 'orderId'],
      'data.id',
      "endpoints: { ...endpoints, pay: { ...endpoints.pay, answer: { ...endpoints.pay.answer, orderId: 'data.id' } } }",
    ],
    [
      'property with a hyphen',
      'refusals: { ...refusals }',
      ['refusals', 'key-reuse', 'status'],
      409,
      "refusals: { ...refusals, 'key-reuse': { ...refusals['key-reuse'], status: 409 } }",
    ],
    [
      'value returned by a call',
      "refusals: { balance: problem(422, 'funds') }",
      ['refusals', 'balance', 'status'],
      409,
      "refusals: { balance: { ...problem(422, 'funds'), status: 409 } }",
    ],
    [
      'value that several properties share',
      'endpoints: { getOrder: { answer: order } }',
      ['endpoints', 'getOrder', 'answer', 'status'],
      'state',
      "endpoints: { getOrder: { answer: { ...order, status: 'state' } } }",
    ],
    [
      'shorthand property',
      'endpoints: { pay: { key } }',
      ['endpoints', 'pay', 'key', 'name'],
      'K',
      "endpoints: { pay: { key: { ...key, name: 'K' } } }",
    ],
    [
      'value in a list',
      "tables: { keys: [{ table: 'k', userId: 'u' }] }",
      ['tables', 'keys', '0', 'userId'],
      'user_id',
      "tables: { keys: [{ table: 'k', userId: 'user_id' }] }",
    ],
    [
      'property to remove from an object',
      "errors: { code: 'code', message: 'm' }",
      ['errors', 'code'],
      undefined,
      "errors: { message: 'm' }",
    ],
    [
      'property to remove from a spread object',
      'endpoints: { ...endpoints, pay: { ...endpoints.pay } }',
      ['endpoints', 'pay', 'key'],
      undefined,
      'endpoints: { ...endpoints, pay: { ...endpoints.pay, key: undefined } }',
    ],
  ] as const) {
    test(`${what} is changed in place or overridden`, () => {
      expect(flat(editProfile(profile(before), { property: [...property], value }))).toBe(flat(profile(after)));
    });
  }

  test('profile in a variable is changed in place, and its comments stay', () => {
    const text = "const shop = {\n  // as documented\n  name: 'a',\n};\nexport default defineTarget(shop);\n";
    expect(editProfile(text, { property: ['name'], value: 'b' })).toBe(text.replace("'a'", "'b'"));
  });

  test('source without a profile object is left unchanged', () => {
    expect(editProfile('export default make();', { property: ['name'], value: 'b' })).toBeUndefined();
    expect(
      editProfile(profile('...other(), get name() { return 1; }'), { property: ['name', 'x'], value: 1 }),
    ).toBeUndefined();
  });
});
