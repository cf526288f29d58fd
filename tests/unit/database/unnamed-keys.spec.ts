import { expect, test } from '@playwright/test';
import { notOffered } from '../../../helpers/profile/endpoint-forms.ts';
import type { Tables } from '../../../helpers/profile/tables.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { unnamedKeys } from '../../../helpers/database/unnamed-keys.ts';

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

test.describe('keys whose table the profile does not name', () => {
  test('are none where each call has a table', () => {
    expect(noteOf([ofAll, ofOrders, ofTopUps])).toBeUndefined();
    expect(noteOf(['all_keys'], {}, [{ table: 'all_keys', userId: 'user_id' }])).toBeUndefined();
  });

  test('are those of each call for which the database has none of its tables', () => {
    expect(noteOf([ofAll, ofOrders, 'charge_keys'])).toBe(
      'rows of the keys of top-ups: there is no charge_idempotency, which the profile reference names for them. If the ' +
        'target keeps them in a table other than payment_idempotency from which no foreign key leads to the users, ' +
        'name it in tables.keys of the profile: then they are removed as well.',
    );
    expect(noteOf([ofAll])).toContain('keys of orders and top-ups');
  });

  test('are all where the profile names no table at all', () => {
    const note = noteOf([ofAll], {}, []);
    expect(note).toContain('keys of payments and orders and top-ups');
    expect(note).toContain(
      'the profile reference names no table for them that is there. If the target keeps them in a table from',
    );
  });

  test('are none of a call that takes no keys, or that the target lacks', () => {
    const { key, ...createOrder } = reference.endpoints.createOrder;
    expect(key).toBeDefined();
    const endpoints = { ...reference.endpoints, createOrder, chargeBalance: notOffered('no top-ups') };
    expect(noteOf([ofAll], { endpoints })).toBeUndefined();
  });
});
