import type { Pool, ResultSetHeader } from 'mysql2/promise';
import { retryingOnDeadlock } from '../connection/database-connection.ts';
import type { Id } from '../../profile/ids.ts';
import { mostCommonValue } from '../structure/required-column.ts';
import type { TableStructure } from '../structure/table-structure.ts';

type Value = number | string;

/** Inserts rows of which only some columns are known: further required columns get the most common value. */
export class RowInsertion {
  readonly #pool: Pool;
  readonly #structure: TableStructure;
  /** The most common values of required columns, by table. */
  readonly #common = new Map<string, Promise<Readonly<Record<string, Value | Buffer>>>>();

  constructor(pool: Pool, structure: TableStructure) {
    this.#pool = pool;
    this.#structure = structure;
  }

  /**
   * Inserts a row.
   *
   * @param otherwise columns to update where the row exists already.
   * @returns the id of the row.
   */
  async insert(
    table: string,
    id: string,
    values: Readonly<Record<string, Value>>,
    otherwise?: Readonly<Record<string, Value>>,
  ): Promise<Id> {
    const known = values[id];
    if (otherwise && known !== undefined && !this.#structure.isUnique(table, id)) {
      // No index would tell the server that the row is there.
      if (await this.#updated(table, id, known, otherwise)) return known;
    }
    const own = id in values ? undefined : this.#structure.newId(table, id);
    const given = {
      ...(await this.#commonValues(table, values)),
      ...(own !== undefined && { [id]: own }),
      ...values,
    };
    const fillers = this.#structure.requiredColumns(table).filter(({ name }) => !(name in given));
    const columns = [...Object.keys(given), ...fillers.map(({ name }) => name)];
    const placeholders = [...Object.keys(given).map(() => '?'), ...fillers.map(({ filler }) => filler)];
    const [result] = await retryingOnDeadlock(() =>
      this.#pool.query<ResultSetHeader>(
        `INSERT INTO ?? (??) VALUES (${placeholders.join(', ')})${otherwise ? ' ON DUPLICATE KEY UPDATE ?' : ''}`,
        [table, columns, ...Object.values(given), ...(otherwise ? [otherwise] : [])],
      ),
    );
    return values[id] ?? own ?? result.insertId;
  }

  /** Updates a row. @returns whether there is one. */
  async #updated(table: string, id: string, value: Value, changes: Readonly<Record<string, Value>>): Promise<boolean> {
    const [result] = await retryingOnDeadlock(() =>
      this.#pool.query<ResultSetHeader>('UPDATE ?? SET ? WHERE ?? = ?', [table, changes, id, value]),
    );
    return result.affectedRows > 0;
  }

  /** Returns the most common values of a table's required columns, where any other filler is only a guess. */
  #commonValues(
    table: string,
    values: Readonly<Record<string, Value>>,
  ): Promise<Readonly<Record<string, Value | Buffer>>> {
    const read = async (): Promise<Readonly<Record<string, Value | Buffer>>> => {
      const guessed = this.#structure
        .requiredColumns(table)
        .filter(({ name, isGuess }) => isGuess && !(name in values));
      const common = guessed.map(async ({ name }) => ({ name, value: await mostCommonValue(this.#pool, table, name) }));
      return Object.fromEntries(
        (await Promise.all(common)).flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])),
      );
    };
    // Read only once: later on, most rows may be this run's own.
    const found = this.#common.get(table) ?? read();
    this.#common.set(table, found);
    return found;
  }
}
