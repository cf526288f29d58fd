import { expect } from '../../../../fixtures/expect.ts';
import { missingStructure } from '../../../../helpers/database/structure/missing-structure.ts';
import { judgeTables } from '../../../../helpers/target-check/judge/judge-tables.ts';
import { isOffered } from '../../../../helpers/profile/endpoint-forms.ts';
import type { Tables } from '../../../../helpers/profile/tables.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { test } from '../../support/servers/own-database.ts';

const { tables: named } = reference;

const columnsOf = ({ keys, orderItems, ...others }: typeof named): Map<string, string[]> =>
  new Map(
    [...Object.values(others).filter(isOffered), orderItems, ...keys].map(({ table, ...fields }) => [
      table,
      Object.values(fields).filter((column) => typeof column === 'string'),
    ]),
  );

const withKeys = (...keys: Tables['keys']) => ({ ...reference, tables: { ...named, keys } });

const missingWith = (tables: Map<string, string[]>, ...keys: Tables['keys']): string[] =>
  missingStructure(withKeys(...keys), { tables });

/** Returns the problems that `target:check` reports for these idempotency tables. */
const problemsWith = (tables: Map<string, string[]>, ...keys: Tables['keys']): string[] => {
  const columns = [...tables].flatMap(([table, names]) => names.map((column) => ({ table, column, type: 'bigint' })));
  return judgeTables(withKeys(...keys), columns).map(({ problem }) => problem);
};

const paymentKeys = { table: 'payment_idempotency', userId: 'user_id', expiresAt: 'expires_at' };
const orderKeys = { table: 'order_idempotency', userId: 'user_id' };

test.describe('missing structure', () => {
  test('database with every table and column of the profile lacks nothing', () => {
    expect(missingWith(columnsOf(named), ...named.keys)).toEqual([]);
    expect(problemsWith(columnsOf(named), ...named.keys)).toEqual([]);
  });

  test('mistyped idempotency table is missing and reported with similar tables', () => {
    const mistyped = { ...paymentKeys, table: 'payments_idempotency' };
    expect(missingWith(columnsOf(named), mistyped)).toEqual([
      'table payments_idempotency (near: payment_idempotency, order_idempotency, charge_idempotency)',
    ]);
    expect(missingWith(columnsOf(named), mistyped, orderKeys)).toEqual([
      'table payments_idempotency (near: payment_idempotency, charge_idempotency)',
    ]);
    expect(problemsWith(columnsOf(named), mistyped)).toEqual([
      'there is no table payments_idempotency, but payment_idempotency',
    ]);
  });

  test('mistyped column of an idempotency table is missing', () => {
    expect(missingWith(columnsOf(named), { ...paymentKeys, expiresAt: 'expiry' })).toEqual([
      'payment_idempotency.expiry',
    ]);
  });

  test('optional idempotency table may be absent or have other columns', () => {
    const contract = columnsOf({ ...named, keys: [paymentKeys] });
    const optional = { ...orderKeys, optional: true };
    expect(missingWith(contract, paymentKeys, optional)).toEqual([]);
    expect(problemsWith(contract, paymentKeys, optional)).toEqual([]);
    contract.set('order_idempotency', ['owner_id']);
    expect(missingWith(contract, paymentKeys, optional)).toEqual([]);
    expect(problemsWith(contract, paymentKeys, optional)).toEqual([]);
    expect(missingWith(contract, paymentKeys, orderKeys)).toEqual(['order_idempotency.user_id']);
    expect(problemsWith(contract, paymentKeys, orderKeys)).toHaveLength(1);
  });

  test('foreign database lacks the 7 tables of the contract and no optional one', () => {
    const contract = ['users', 'user_balance', 'products', 'orders', 'order_items', 'payments', 'payment_idempotency'];
    expect(missingWith(new Map([['coupons', ['code']]]), ...named.keys)).toEqual(
      contract.map((table) => `table ${table}`),
    );
  });

  test('renamed column and dropped table of a real database are missing', async ({ connect, pool }) => {
    await pool.query('ALTER TABLE products RENAME COLUMN price TO amount');
    await pool.query('DROP TABLE payments');
    const { profile, structure } = await connect();
    expect(missingStructure(profile, structure)).toEqual(['products.price', 'table payments']);
  });
});
