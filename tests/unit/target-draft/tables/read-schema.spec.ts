import { connectDatabase } from '../../../../helpers/database/connection/database-connection.ts';
import { readSchema } from '../../../../helpers/target-draft/tables/read-schema.ts';
import { matchTables } from '../../../../helpers/target-draft/tables/match-tables.ts';
import { expect } from '../../../../fixtures/expect.ts';
import { test } from '../../support/servers/own-database.ts';

test.describe('read schema', () => {
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
