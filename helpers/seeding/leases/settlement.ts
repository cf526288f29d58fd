import type { Connection, Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { retryingOnDeadlock } from '../../database/connection/database-connection.ts';
import { type Id, idSchema } from '../../profile/ids.ts';
import { readLedger, type LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { moneyTaken, piecesTaken } from '../../ledger/taken.ts';
import { offered } from '../../profile/endpoint-forms.ts';
import { moneyCodec, type MoneyCodec } from '../../profile/money-codec.ts';
import { RowRemoval } from '../../database/rows/row-removal.ts';
import type { TableStructure } from '../../database/structure/table-structure.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { KeyRows } from '../../database/rows/key-rows.ts';
import type { Settling } from './lease-events.ts';
import type { LeaseJournal } from './lease-journal.ts';
import { additionsTo, explainedBy, type HeldProduct, type HeldUser, type LeaseState } from './lease-state.ts';

const rowSchema = z.object({ id: idSchema, value: z.unknown(), price: z.unknown() });

/** A held row as it is now. */
interface Current {
  readonly value: number;
  readonly price: number;
}

/**
 * Undoes a run's changes to the rows that it holds, in one transaction.
 *
 * The run's own changes are: orders of held users that did not exist when the user was leased and whose lines all name
 * products that the run holds, with their payments, lines and idempotency keys; amounts that it added to balances and
 * stock by SQL; and successful top-ups through the API. Orders and keys are removed; a balance is increased by the
 * payments of own orders and decreased by the added amounts, a stock likewise: `balance = balance + difference`, so
 * that concurrent changes of others are kept. A price is restored if it is still one that the run has set.
 *
 * Its limits: an addition whose outcome the journal does not know (the process died at that moment, or a top-up's
 * answer was lost) counts as done only if it explains the balance exactly; changes by the target without an order or a
 * payment cannot be attributed to the run, and stay.
 */
export class Settlement {
  readonly #pool: Pool;
  readonly #profile: TargetProfile;
  readonly #structure: TableStructure;
  readonly #money: MoneyCodec;

  constructor(pool: Pool, profile: TargetProfile, structure: TableStructure) {
    this.#pool = pool;
    this.#profile = profile;
    this.#structure = structure;
    this.#money = moneyCodec(profile.money);
  }

  /**
   * Settles all rows that a journal's process holds, and notes that it holds none any more.
   */
  async settle(journal: LeaseJournal): Promise<void> {
    const { state } = journal;
    if (state.unsure) {
      journal.note({ event: 'settled', isDone: await this.#cameAbout(state.unsure) });
    }
    if (state.isEmpty) return;
    await retryingOnDeadlock(async () => {
      const connection = await this.#pool.getConnection();
      try {
        await connection.beginTransaction();
        await this.#undo(connection, journal);
        await connection.commit();
        connection.release();
      } catch (error) {
        connection.destroy();
        throw error;
      }
    });
    journal.note({ event: 'settled', isDone: true });
  }

  async #undo(connection: Connection, journal: LeaseJournal): Promise<void> {
    const { state } = journal;
    const { tables } = this.#profile;
    const users = [...state.users.values()];
    const products = [...state.products.values()];
    const leasedUsers = users.filter(({ found }) => found);
    const leasedProducts = products.filter(({ found }) => found);
    const held = offered(tables.balances);
    const balances = held
      ? await this.#lock(connection, held.table, held.userId, held.balance, held.balance, leasedUsers, (value) =>
          this.#money.fromTable(value),
        )
      : new Map<string, Current>();
    const { table: goods, id, stock, price } = tables.products;
    const stocks = await this.#lock(connection, goods, id, stock, price, leasedProducts, Number);
    const own = ownOrders(
      state,
      await readLedger(
        connection,
        this.#profile,
        users.map((user) => user.id),
        [],
      ),
    );
    const taken = piecesTaken(this.#profile, own);
    const moneyOf = moneyTaken(this.#profile, own);
    const changes = [
      ...leasedUsers.flatMap((user) => {
        return changeOf('balance', user, balances, moneyOf.get(user.id) ?? 0, user.found?.balance ?? 0);
      }),
      ...leasedProducts.flatMap((product) => {
        return changeOf('stock', product, stocks, taken.get(product.id) ?? 0, product.found?.stock ?? 0);
      }),
    ];
    const orders = own.orders.map(({ orderId }) => orderId);
    journal.note({
      event: 'settling',
      orders,
      changes,
      users: users.map((user) => user.id),
      products: products.map((product) => product.id),
    });
    await new RowRemoval(connection, this.#profile, this.#structure, 1).removeOrders(orders);
    for (const user of leasedUsers) {
      for (const keys of tables.keys) {
        await new KeyRows(connection, this.#structure, tables.orders).removeBut(
          user.found?.keys[keys.table] ?? [],
          keys,
          user.id,
        );
      }
    }
    for (const { of, id: rowId, change } of changes) {
      const [where, column, key] =
        of === 'balance' && held ? [held.table, held.balance, held.userId] : [goods, stock, id];
      const amount = of === 'balance' ? this.#money.toTable(change) : change;
      await connection.query('UPDATE ?? SET ?? = ?? + ? WHERE ?? = ?', [where, column, column, amount, key, rowId]);
    }
    for (const product of leasedProducts) {
      const now = stocks.get(String(product.id))?.price;
      if (!product.found || now === undefined || now === product.found.price || !product.prices.has(now)) continue;
      const found = this.#money.toTable(product.found.price);
      await connection.query('UPDATE ?? SET ?? = ? WHERE ?? = ?', [goods, price, found, id, product.id]);
    }
  }

  /** Locks and reads rows, one by one and so by their key: a query for several might scan the whole table. */
  async #lock(
    connection: Connection,
    table: string,
    id: string,
    column: string,
    priceColumn: string,
    rows: readonly (HeldUser | HeldProduct)[],
    read: (value: unknown) => number,
  ): Promise<Map<string, Current>> {
    const current = new Map<string, Current>();
    const inOrder = rows
      .map((row) => row.id)
      .sort((one, other) => String(one).localeCompare(String(other), 'en', { numeric: true }));
    for (const key of inOrder) {
      const [found] = await connection.query<RowDataPacket[]>(
        'SELECT ?? AS id, ?? AS value, ?? AS price FROM ?? WHERE ?? = ? FOR UPDATE',
        [id, column, priceColumn, table, id, key],
      );
      for (const row of found.map((one) => rowSchema.parse(one))) {
        current.set(String(row.id), { value: read(row.value), price: this.#money.fromTable(row.price) });
      }
    }
    return current;
  }

  /**
   * Returns whether a settlement that was begun was committed: its orders are gone, or no row has its earlier value.
   * One that changed nothing can safely be repeated.
   */
  async #cameAbout({ orders, changes }: Settling): Promise<boolean> {
    const { tables } = this.#profile;
    if (orders.length > 0) {
      const [left] = await this.#pool.query<RowDataPacket[]>('SELECT 1 FROM ?? WHERE ?? IN (?) LIMIT 1', [
        ...[tables.orders.table, tables.orders.id, orders],
      ]);
      return left.length === 0;
    }
    for (const { of, id, before } of changes) {
      const held = offered(tables.balances);
      const { table, key, column } =
        of === 'balance' && held
          ? { table: held.table, key: held.userId, column: held.balance }
          : { table: tables.products.table, key: tables.products.id, column: tables.products.stock };
      const [rows] = await this.#pool.query<RowDataPacket[]>('SELECT ?? AS id, ?? AS value FROM ?? WHERE ?? = ?', [
        ...[key, column, table, key, id],
      ]);
      const value = rowSchema.safeParse(rows[0]).data?.value;
      const now = of === 'balance' ? this.#money.fromTable(value) : Number(value);
      if (now === before) return false;
    }
    return changes.length > 0;
  }
}

const changeOf = (
  of: 'balance' | 'stock',
  row: HeldUser | HeldProduct,
  current: ReadonlyMap<string, Current>,
  usedByOrders: number,
  found: number,
): Settling['changes'] => {
  const before = current.get(String(row.id))?.value;
  if (before === undefined) return [];
  const { done, open } = additionsTo(row);
  const added = done + explainedBy(before - (found + done - usedByOrders), open);
  // Where others have used the added amount, not all of it can be taken back.
  const change = Math.max(usedByOrders - added, -before);
  return change === 0 ? [] : [{ of, id: row.id, before, change }];
};

/** Returns the orders of held users that the run has created, with their lines and payments. */
function ownOrders(state: LeaseState, ledger: LedgerSnapshot): Pick<LedgerSnapshot, 'orders' | 'items' | 'payments'> {
  const orders = ledger.orders.filter(({ orderId, userId }) => {
    const user = state.users.get(String(userId));
    if (!user?.found) return user !== undefined;
    const lines = ledger.items.filter((item) => item.orderId === orderId);
    return !user.found.orders.has(orderId) && lines.every(({ productId }) => state.products.has(String(productId)));
  });
  const own = new Set(orders.map(({ orderId }) => orderId));
  const isOwn = ({ orderId }: { orderId: Id }): boolean => own.has(orderId);
  return { orders, items: ledger.items.filter(isOwn), payments: ledger.payments.filter(isOwn) };
}
