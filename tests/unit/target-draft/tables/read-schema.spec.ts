import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { readSchema } from '../../../../helpers/target-draft/tables/read-schema.ts';
import { matchTables } from '../../../../helpers/target-draft/tables/match-tables.ts';
import { expect } from '../../../../fixtures/expect.ts';
import { test } from '../../support/servers/own-database.ts';

test.describe('read schema', () => {
  test('values of an enum are those of its column, and so are those that a check allows', async ({ database }) => {
    const pool = await connectDatabase(database, 1);
    await pool.query(
      `CREATE TABLE orders (id BIGINT PRIMARY KEY, kind ENUM ('one', 'it''s') NOT NULL,
       status VARCHAR(20) NOT NULL CHECK (status IN ('PENDING', '배송중', 'it''s')), note VARCHAR(20),
       state VARCHAR(20) NOT NULL, amount INT CHECK (amount IN (1, 2)), CHECK (state in ('A')),
       CHECK (note IN ('a', 'b') OR amount = 1))`,
    );
    await pool.end();
    const [orders] = await readSchema(database);
    expect(orders?.columns.map(({ name, values }) => [name, ...values])).toEqual([
      ['id'],
      ['kind', 'one', "it's"],
      ['status', 'PENDING', '배송중', "it's"],
      ['note'],
      ['state', 'A'],
      ['amount'],
    ]);
  });

  test('column with the default NULL has no default, so that version columns are filled', async ({ database }) => {
    const pool = await connectDatabase(database, 1);
    await pool.query(
      `CREATE TABLE user_balance (id BIGINT AUTO_INCREMENT PRIMARY KEY, user_id BIGINT DEFAULT NULL UNIQUE,
       balance BIGINT NOT NULL, version INT DEFAULT NULL, state VARCHAR(9) DEFAULT 'open', revision INT DEFAULT 0)`,
    );
    await pool.end();
    const schema = await readSchema(database);
    const withDefault = schema.flatMap(({ columns }) => columns.filter(({ hasDefault }) => hasDefault));
    expect(withDefault.map(({ name }) => name)).toEqual(['id', 'state', 'revision']);
    expect(matchTables(schema).candidates.balances[0]).toMatchObject({ fixed: { version: 0 } });
  });
});
