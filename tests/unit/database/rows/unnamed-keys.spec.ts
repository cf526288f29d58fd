import { expect, test } from '@playwright/test';
import { notOffered } from '../../../../helpers/profile/endpoint-forms.ts';
import type { Tables } from '../../../../helpers/profile/tables.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { unnamedKeys } from '../../../../helpers/database/rows/unnamed-keys.ts';

const columns = ['user_id', 'expires_at'];
const [ofAll, ofOrders, ofTopUps] = ['payment_idempotency', 'order_idempotency', 'charge_idempotency'];

const noteOf = (
  there: readonly string[],
  changes: Partial<Pick<TargetProfile, 'endpoints'>> = {},
  keys?: Tables['keys'],
) =>
  unnamedKeys(
    { ...reference, ...changes, tables: { ...reference.tables, ...(keys && { keys }) } },
    { tables: new Map(there.map((table) => [table, columns])) },
  );

test.describe('idempotency keys outside the profile', () => {
  test('nothing is noted where each call has an idempotency table', () => {
    expect(noteOf([ofAll, ofOrders, ofTopUps])).toBeUndefined();
    expect(noteOf(['all_keys'], {}, [{ table: 'all_keys', userId: 'user_id' }])).toBeUndefined();
  });

  test('keys of a call are noted when the database has none of its idempotency tables', () => {
    expect(noteOf([ofAll, ofOrders, 'charge_keys'])).toBe(
      'rows of the keys of top-ups: there is no charge_idempotency, which the profile reference names for them. If the ' +
        'target keeps them in a table other than payment_idempotency from which no foreign key leads to the users, ' +
        'name it in tables.keys of the profile: then they are removed as well.',
    );
    expect(noteOf([ofAll])).toContain('keys of orders and top-ups');
  });

  test('keys of all calls are noted when the profile names no idempotency table', () => {
    const note = noteOf([ofAll], {}, []);
    expect(note).toContain('keys of payments and orders and top-ups');
    expect(note).toContain(
      'the profile reference names no existing table for them. If the target keeps them in a table from',
    );
  });

  test('nothing is noted for a call that takes no key or is not offered', () => {
    const { key, ...createOrder } = reference.endpoints.createOrder;
    expect(key).toBeDefined();
    const endpoints = { ...reference.endpoints, createOrder, chargeBalance: notOffered('no top-ups') };
    expect(noteOf([ofAll], { endpoints })).toBeUndefined();
  });
});
