import type { Connection, Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import { retryingOnDeadlock } from '../../database/database-connection.ts';
import { type Id, idSchema } from '../../profile/ids.ts';
import { readLedger, type LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { piecesTaken } from '../../ledger/ledger.ts';
import { moneyCodec, type MoneyCodec } from '../../profile/money-codec.ts';
import { RowRemoval } from '../../database/row-removal.ts';
import type { TableStructure } from '../../database/table-structure.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { KeyRows } from '../../database/key-rows.ts';
import { sum } from '../../text/sum.ts';
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
 * Undoes what a run did to the rows that it holds, in one transaction.
 *
 * The run's own are: the orders of held users that were not there when the user was leased and whose lines all name
 * products that the run holds, with their payments, lines and idempotency keys; what it added to balances and stock by
 * SQL; and top-ups through the API that were answered as done. Orders and keys are removed; a balance gets back what
 * own orders paid and loses what was added, a stock likewise: `balance = balance + difference`, so that what others
 * did meanwhile stays done. A price is put back if it is still one that the run has set.
 *
 * Its limits: an addition of which the journal does not say whether it came about (the process died in that very
 * moment, a top-up's answer was lost) counts as done exactly if it explains the balance to the won; what the target
 * moved without an order or payment of its own to show for it is nobody's for certain, and stays.
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
   * Settles all that a journal's process holds, and notes that it holds nothing any more.
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
    const { table, userId, balance } = tables.balances;
    const balances = await this.#lock(connection, table, userId, balance, balance, leasedUsers, (value) =>
      this.#money.fromTable(value),
    );
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
    const changes = [
      ...leasedUsers.flatMap((user) => {
        const paid = sum(own.payments.filter((payment) => payment.userId === user.id).map(({ amount }) => amount));
        return changeOf('balance', user, balances, paid, user.found?.balance ?? 0);
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
        await new KeyRows(connection, this.#structure).removeBut(user.found?.keys[keys.table] ?? [], keys, user.id);
      }
    }
    for (const { of, id: rowId, change } of changes) {
      const [where, column, key] = of === 'balance' ? [table, balance, userId] : [goods, stock, id];
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

  /** Locks rows and reads them, one by one and so by their key: several at once might be looked for in the whole table. */
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
   * Whether a settlement that was begun came about: its orders are gone, or no row stands as it stood before. One that
   * changed nothing may as well be done again.
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
      const { table, key, column } =
        of === 'balance'
          ? { table: tables.balances.table, key: tables.balances.userId, column: tables.balances.balance }
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
  // Where others have used what was lent, there is not enough left to take all of it back.
  const change = Math.max(usedByOrders - added, -before);
  return change === 0 ? [] : [{ of, id: row.id, before, change }];
};

/** The orders of held users that the run has made, with their lines and payments. */
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
