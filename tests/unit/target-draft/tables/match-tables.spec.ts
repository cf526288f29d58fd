import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { matchTables } from '../../../../helpers/target-draft/tables/match-tables.ts';
import type { SchemaTable } from '../../../../helpers/target-draft/tables/read-schema.ts';

/** Returns a table: column → type, `*` for the primary key, `→ table` for a foreign key. */
const table = (
  name: string,
  columns: Readonly<Record<string, string>>,
  uniques: readonly (readonly string[])[] = [],
): SchemaTable => ({
  name,
  columns: Object.entries(columns).map(([column, said]) => {
    const [, type = ''] = /^(\w+)/.exec(said) ?? [];
    const [, length] = /\((\d+)/.exec(said) ?? [];
    return {
      table: name,
      name: column,
      type,
      values: [],
      isNullable: false,
      hasDefault: false,
      isPrimary: said.includes('*'),
      isComputed: false,
      scale: type === 'decimal' ? 2 : null,
      maxLength: length === undefined ? null : Number(length),
    };
  }),
  references: new Map(
    Object.entries(columns).flatMap(([column, said]) => {
      const [, to] = /→ (\w+)/.exec(said) ?? [];
      return to === undefined ? [] : [[column, to]];
    }),
  ),
  uniques,
});

const line = { id: 'bigint *', order_id: 'bigint', product_id: 'bigint', quantity: 'int', price: 'int' };

test.describe('match tables', () => {
  test('order without a table of lines is its own single line', () => {
    const users = table('users', { id: 'bigint *', email: 'varchar(50)' });
    const products = table('products', { id: 'bigint *', name: 'varchar(50)', price: 'float', stock: 'int' });
    const orders = table('orders', {
      ...{ id: 'bigint *', user_id: 'bigint', product_id: 'bigint', quantity: 'int' },
      ...{ total_price: 'float', status: 'varchar(20)' },
    });
    expect(matchTables([users, products, orders]).candidates.orderItems).toEqual([
      { table: 'orders', orderId: 'id', productId: 'product_id', quantity: 'quantity' },
    ]);
    const lines = table('order_items', line);
    expect(matchTables([users, products, orders, lines]).candidates.orderItems[0]).toMatchObject({
      table: 'order_items',
    });
  });

  test('table with ids alone is recognised as users by its name', () => {
    const { candidates } = matchTables([
      table('user', { id: 'bigint *' }),
      table('point', { id: 'bigint *', user_id: 'bigint', balance: 'decimal(38,2)' }),
      table('point_history', { id: 'bigint *', point_id: 'bigint', amount: 'decimal(38,2)' }),
    ]);
    expect(candidates.users).toEqual([{ table: 'user', id: 'id' }]);
    expect(candidates.balances[0]).toEqual({ table: 'point', userId: 'user_id', balance: 'balance' });
  });

  test('rows that may be left unused are in use, and versioned', () => {
    const { candidates } = matchTables([
      table('users', { id: 'int *', username: 'varchar(50)', enabled: 'bit', is_deleted: 'tinyint' }),
      table('products', {
        ...{ id: 'int *', name: 'varchar(50)', price: 'int', stock: 'int' },
        ...{ is_active: 'tinyint', version: 'int' },
      }),
    ]);
    expect(candidates.users[0]).toMatchObject({ fixed: { enabled: 1 } });
    expect(candidates.products[0]).toMatchObject({ fixed: { is_active: 1, version: 0 } });
  });

  test('tables without foreign keys are matched by names and columns, copies and logs are not', () => {
    const { candidates } = matchTables([
      table('member', { id: 'bigint *', username: 'varchar(50)', point: 'bigint', version: 'int' }),
      table('member_history', { id: 'bigint *', username: 'varchar(50)', point: 'bigint' }),
      table('point_history', { id: 'bigint *', member_id: 'bigint', point: 'bigint', amount: 'bigint' }),
      table('items', { id: 'bigint *', name: 'varchar(50)', price: 'int', stock_quantity: 'int' }),
      table('orders', { id: 'bigint *', member_id: 'bigint', total_price: 'int', status: 'varchar(20)' }),
      table('orders_backup', { id: 'bigint *', member_id: 'bigint', total_price: 'int', status: 'varchar(20)' }),
      table('order_lines', { ...line, item_id: 'bigint' }),
      table('payments', { id: 'bigint *', order_id: 'bigint', amount: 'int', status: 'varchar(20)' }),
      table('refunds', { id: 'bigint *', order_id: 'bigint', amount: 'int' }),
    ]);
    expect(candidates.users[0]).toEqual({ table: 'member', id: 'id', name: 'username', fixed: { version: 0 } });
    expect(candidates.balances[0]).toMatchObject({ table: 'member', userId: 'id', balance: 'point' });
    expect(candidates.products[0]).toMatchObject({ table: 'items', price: 'price', stock: 'stock_quantity' });
    expect(candidates.orders[0]).toMatchObject({ table: 'orders', userId: 'member_id', total: 'total_price' });
    expect(candidates.orderItems[0]).toMatchObject({ table: 'order_lines', orderId: 'order_id', quantity: 'quantity' });
    expect(candidates.payments[0]).toMatchObject({ table: 'payments', orderId: 'order_id', amount: 'amount' });
  });

  test('tables with unusual names are matched by foreign keys', () => {
    const { candidates } = matchTables([
      table('customer', { uuid: 'char(36) *', mail: 'varchar(90)' }),
      table('wallet', { owner: 'char(36) * → customer', available: 'decimal(12,2)' }, [['owner']]),
      table('article', { uuid: 'char(36) *', title: 'varchar(90)', unit_price: 'decimal(12,2)', on_hand: 'int' }),
      table('purchase', {
        id: 'varchar(40) *',
        buyer: 'char(36) → customer',
        total: 'decimal(12,2)',
        state: 'varchar(9)',
      }),
      table('purchase_position', {
        id: 'int *',
        belongs_to: 'varchar(40) → purchase',
        what: 'char(36) → article',
        qty: 'int',
      }),
      table('capture', { id: 'varchar(40) *', pays: 'varchar(40) → purchase', amount: 'decimal(12,2)' }),
    ]);
    expect(candidates.users[0]).toEqual({ table: 'customer', id: 'uuid', email: 'mail' });
    expect(candidates.balances[0]).toMatchObject({ table: 'wallet', userId: 'owner', balance: 'available' });
    expect(candidates.orders[0]).toMatchObject({ table: 'purchase', userId: 'buyer', total: 'total', status: 'state' });
    expect(candidates.orderItems[0]).toMatchObject({ orderId: 'belongs_to', productId: 'what', quantity: 'qty' });
    expect(candidates.payments[0]).toMatchObject({ table: 'capture', orderId: 'pays', amount: 'amount' });
  });

  for (const [whom, unique] of [
    ['user', ['user_id', 'idempotency_key']],
    ['everybody', ['idempotency_key']],
  ] as const) {
    test(`key that is unique for ${whom} belongs to ${whom}, and its column says how long it may be`, () => {
      const { candidates, keysBelongTo, keyLength } = matchTables([
        table('users', { id: 'bigint *', name: 'varchar(50)' }),
        table(
          'payment_idempotency',
          { id: 'bigint *', user_id: 'bigint', idempotency_key: 'varchar(64)', expires_at: 'datetime' },
          [unique],
        ),
      ]);
      expect(candidates.keys).toEqual([{ table: 'payment_idempotency', userId: 'user_id', expiresAt: 'expires_at' }]);
      expect(keysBelongTo).toBe(whom);
      expect(keyLength).toBe(64);
    });
  }

  test('lines in a JSON column of the orders are found', () => {
    const { candidates, linesColumn } = matchTables([
      table('users', { id: 'bigint *', name: 'varchar(50)', balance: 'bigint' }),
      table('orders', {
        ...{ id: 'bigint *', user_id: 'bigint', total_amount: 'int', status: 'varchar(20)' },
        ...{ note: 'longtext', order_items: 'json' },
      }),
    ]);
    expect(candidates.orderItems).toEqual([]);
    expect(linesColumn).toBe('order_items');
  });

  test('database of another kind of application has no matches', () => {
    const { candidates } = matchTables([
      table('flyway_schema_history', { installed_rank: 'int *', version: 'varchar(50)' }),
      table('tags', { id: 'bigint *', label: 'varchar(20)' }),
    ]);
    expect(Object.values(candidates).every((found) => found.length === 0)).toBe(true);
  });
});
