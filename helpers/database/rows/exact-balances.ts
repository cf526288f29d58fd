import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { retryingOnDeadlock } from '../connection/database-connection.ts';
import { offered, type NotOffered } from '../../profile/endpoint-forms.ts';
import { exactFromTable, exactToTable } from '../../profile/exact-money.ts';
import type { Id } from '../../profile/ids.ts';
import type { Tables } from '../../profile/tables.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const balanceSchema = z.object({ balance: z.string() });
const columnSchema = z.object({
  type: z.string(),
  precision: z.coerce.number().nullable(),
  scale: z.coerce.number().nullable(),
});

const bitsOf: Readonly<Record<string, bigint>> = { tinyint: 8n, smallint: 16n, mediumint: 24n, int: 32n, bigint: 64n };

type Balances = Exclude<Tables['balances'], NotOffered>;

/** Balances beyond what a JavaScript number holds exactly, in the smallest unit. */
export class ExactBalances {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;

  constructor(pool: Pool, profile: TargetProfile) {
    this.#pool = pool;
    this.#profile = profile;
  }

  /** Returns a balance. */
  async read(userId: Id): Promise<bigint> {
    const { table, balance, userId: id } = this.#column();
    const [[row]] = await this.#pool.query<RowDataPacket[]>('SELECT CAST(?? AS CHAR) AS balance FROM ?? WHERE ?? = ?', [
      balance,
      table,
      id,
      userId,
    ]);
    return exactFromTable(this.#profile.money, balanceSchema.parse(row).balance);
  }

  /** Sets a balance, whatever it was. @returns the value as the column takes it. */
  async set(userId: Id, amount: bigint): Promise<string> {
    const { table, balance, userId: id } = this.#column();
    const value = exactToTable(this.#profile.money, amount);
    await retryingOnDeadlock(() =>
      this.#pool.query('UPDATE ?? SET ?? = ? WHERE ?? = ?', [table, balance, value, id, userId]),
    );
    return value;
  }

  /** Returns the largest balance that the column holds; undefined where it holds none exactly. */
  async largest(): Promise<bigint | undefined> {
    const { table, balance } = this.#column();
    const [[row]] = await this.#pool.query<RowDataPacket[]>(
      `SELECT LOWER(COLUMN_TYPE) AS type, NUMERIC_PRECISION AS \`precision\`, NUMERIC_SCALE AS scale
       FROM information_schema.COLUMNS
       WHERE TABLE_SCHEMA = DATABASE() AND LOWER(TABLE_NAME) = LOWER(?) AND LOWER(COLUMN_NAME) = LOWER(?)`,
      [table, balance],
    );
    const { type = '', precision = null, scale = null } = columnSchema.safeParse(row).data ?? {};
    const { decimals, inTables } = this.#profile.money;
    const unit = inTables === 'decimal' ? 10n ** BigInt(decimals) : 1n;
    const bits = bitsOf[/^[a-z]+/.exec(type)?.[0] ?? ''];
    if (bits !== undefined) return (2n ** (type.includes('unsigned') ? bits : bits - 1n) - 1n) * unit;
    if (!type.startsWith('decimal') || precision === null || scale === null) return undefined;
    if (inTables === 'decimal' && scale < decimals) return undefined;
    return 10n ** BigInt(precision - scale) * unit - 1n;
  }

  #column(): Balances {
    const held = offered(this.#profile.tables.balances);
    if (!held) throw new Error('Users hold no balance.');
    return held;
  }
}
