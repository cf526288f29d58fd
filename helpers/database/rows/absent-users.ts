import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { offered } from '../../profile/endpoint-forms.ts';
import { absentId, type Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { TableStructure } from '../structure/table-structure.ts';
import type { RowRemoval } from './row-removal.ts';

/** A column of users. */
interface Place {
  readonly table: string;
  readonly userId: string;
}

const batchSize = 500;

const countSchema = z.object({ found: z.coerce.number() });

/**
 * The users who do not exist but whom tests name, one for each inserted account: nobody else derives the same id. A target
 * that takes them for real makes balances, orders and keys for them, which are removed with the account.
 */
export class AbsentUsers {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;
  readonly #structure: TableStructure;
  readonly #removal: RowRemoval;
  /** Those of whom there was no row when the account was inserted, by the id of the account. */
  readonly #clean = new Map<Id, Id>();

  constructor(pool: Pool, profile: TargetProfile, structure: TableStructure, removal: RowRemoval) {
    this.#pool = pool;
    this.#profile = profile;
    this.#structure = structure;
    this.#removal = removal;
  }

  /**
   * Notes the absent user of an account that no request has named yet. One of whom there are rows already is never
   * touched, nor is any where a table would have to be read as a whole to find them.
   */
  async note(userId: Id): Promise<void> {
    const absent = absentId(userId);
    const places = [this.#users(), ...this.#holdings()];
    if (places.some(({ table, userId: column }) => this.#structure.indexOver(table, [column]) === undefined)) return;
    // The account is there by now, and whoever asked for it has to get it, to remove it in the end.
    const found = await this.#count(places, [absent]).catch(() => undefined);
    if (found === 0) this.#clean.set(userId, absent);
  }

  /** Removes what the target has made for the absent users of some accounts, unless they exist by now. */
  async removeRowsOf(userIds: readonly Id[]): Promise<void> {
    const absent = userIds.flatMap((userId) => this.#clean.get(userId) ?? []);
    for (let start = 0; start < absent.length; start += batchSize) {
      const batch = absent.slice(start, start + batchSize);
      // Hardly any target makes any: one look at all of them tells.
      if ((await this.#count(this.#holdings(), batch)) === 0) continue;
      for (const one of batch) {
        if (await this.#hasOnlyHoldings(one)) await this.#removal.removeHoldingsOf([one]);
      }
    }
    for (const userId of userIds) this.#clean.delete(userId);
  }

  async #hasOnlyHoldings(absent: Id): Promise<boolean> {
    if ((await this.#count(this.#holdings(), [absent])) === 0) return false;
    return (await this.#count([this.#users()], [absent])) === 0;
  }

  #users(): Place {
    const { table, id } = this.#profile.tables.users;
    return { table, userId: id };
  }

  /** Returns where rows of users are, other than the users themselves. */
  #holdings(): Place[] {
    const { users, balances, orders, keys } = this.#profile.tables;
    const held = offered(balances);
    return [
      ...(held && held.table !== users.table ? [held] : []),
      orders,
      ...keys.flatMap(({ table, userId }) => (userId === undefined ? [] : [{ table, userId }])),
    ].filter(({ table, userId }) => this.#structure.columns.has(`${table}.${userId}`));
  }

  /** Counts in how many places there are rows of any of some users. */
  async #count(places: readonly Place[], userIds: readonly Id[]): Promise<number> {
    if (places.length === 0) return 0;
    const [rows] = await this.#pool.query<RowDataPacket[]>(
      `SELECT ${places.map(() => 'EXISTS (SELECT 1 FROM ?? WHERE ?? IN (?))').join(' + ')} AS found`,
      places.flatMap(({ table, userId: column }) => [table, column, userIds]),
    );
    return countSchema.parse(rows[0]).found;
  }
}
