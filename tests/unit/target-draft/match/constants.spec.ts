import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { DocumentedField } from '../../../../helpers/target-draft/document/operation.ts';
import { constantsOf } from '../../../../helpers/target-draft/match/constants.ts';

const field = (path: string, isRequired: boolean, example: string | number): DocumentedField => ({
  ...{ path, isRequired, example, type: typeof example === 'number' ? 'integer' : 'string' },
  description: '',
  values: [],
});

const body = [
  field('currency', true, 'KRW'),
  field('channel', false, 'WEB'),
  field('userCouponId', false, 1),
  field('addressId', false, 7),
  field('warehouseId', true, 3),
];

test.describe('constants of a body', () => {
  test('required fields are sent with their examples, ids included', () => {
    expect(constantsOf(body, [], 'required')).toEqual({ currency: 'KRW', warehouseId: 3 });
  });

  test('nested fields are sent if everything around them is required', () => {
    const parts = (isRequired: boolean): DocumentedField[] => [
      { ...field('address', isRequired, ''), type: 'object' },
      field('address.city', true, 'Seoul'),
      field('address.door', false, '7'),
    ];
    expect(constantsOf(parts(true), [], 'required')).toEqual({ 'address.city': 'Seoul' });
    expect(constantsOf(parts(false), [], 'required')).toEqual({});
  });

  test('optional ids and coupons are left out, since the rows of their examples hardly exist', () => {
    expect(constantsOf(body, [], 'all')).toEqual({ currency: 'KRW', channel: 'WEB', warehouseId: 3 });
  });
});
