import { createPool, type Pool, type RowDataPacket } from 'mysql2/promise';
import { seed } from '../../../fixtures/shops/reference/database/seed.ts';
import { schema } from '../../../fixtures/shops/reference/database/schema.ts';
import type { ShopParts } from '../../../fixtures/shops/reference/shop-parts.ts';
import type { DatabaseSettings } from '../../settings/settings.ts';

type Tables = Pick<ShopParts, 'schema' | 'seed'>;

/** A database for one shop at a time. */
export interface HostedDatabase {
  readonly settings: DatabaseSettings;
  /** Whether its tables and first rows are those of the correct shop. */
  readonly isOrdinary: boolean;
}

const isOrdinary = (tables: Tables): boolean =>
  JSON.stringify(tables.schema) === JSON.stringify(schema) &&
  tables.seed.users === seed.users &&
  tables.seed.products === seed.products;

/**
 * The databases of one process's shops. Making one takes longer than most scenarios do, so that one with the tables of
 * the correct shop is emptied and used again, once every connection of the shop that had it has ended.
 */
export class HostedDatabases {
  readonly #server: DatabaseSettings;
  readonly #pool: Pool;
  readonly #prefix: string;
  readonly #spare: HostedDatabase[] = [];
  readonly #made = new Set<string>();

  /** @param prefix of all names; what an earlier process left under one of them is dropped. */
  constructor(server: DatabaseSettings, prefix: string) {
    const { host, port, user, password } = server;
    this.#server = server;
    this.#prefix = prefix;
    this.#pool = createPool({ host, port, user, password, connectionLimit: 4 });
  }

  /** Returns a database that has no tables yet, or the first rows of the correct shop alone. */
  async take(tables: Tables): Promise<HostedDatabase> {
    const spare = isOrdinary(tables) ? this.#spare.pop() : undefined;
    if (spare) return spare;
    const name = `${this.#prefix}_${this.#made.size}`;
    this.#made.add(name);
    await this.#pool.query('DROP DATABASE IF EXISTS ??', [name]);
    return { settings: { ...this.#server, name }, isOrdinary: isOrdinary(tables) };
  }

  /** @param connections those of the shop that had it, by the server's number; none of them may be left. */
  async giveBack(database: HostedDatabase, connections: readonly number[]): Promise<void> {
    if (database.isOrdinary && !(await this.#isAnyThere(connections)) && (await this.#isEmptied(database))) {
      this.#spare.push(database);
    } else {
      await this.#pool.query('DROP DATABASE IF EXISTS ??', [database.settings.name]);
    }
  }

  /** Drops all of them. */
  async close(): Promise<void> {
    for (const name of this.#made) await this.#pool.query('DROP DATABASE IF EXISTS ??', [name]);
    await this.#pool.end();
  }

  async #isAnyThere(connections: readonly number[]): Promise<boolean> {
    if (connections.length === 0) return false;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      'SELECT ID FROM information_schema.PROCESSLIST WHERE ID IN (?)',
      [connections],
    );
    return rows.length > 0;
  }

  /**
   * Returns whether there are no tables but those of the correct shop, and nobody keeps their rows from being removed.
   */
  async #isEmptied({ settings: { name } }: HostedDatabase): Promise<boolean> {
    const connection = await this.#pool.getConnection();
    try {
      const [tables] = await connection.query<RowDataPacket[]>('SHOW TABLES FROM ??', [name]);
      if (tables.length !== Object.keys(schema).length) return false;
      await connection.query('SET SESSION innodb_lock_wait_timeout = 1');
      // Rows that point at others go before those.
      for (const table of Object.keys(schema).toReversed()) {
        await connection.query('DELETE FROM ??.??', [name, table]);
      }
      return true;
    } catch {
      return false;
    } finally {
      connection.release();
    }
  }
}
