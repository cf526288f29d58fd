import type { Pool } from 'mysql2/promise';
import { abandonedIds } from './abandoned-ids.ts';
import { AbsentUsers } from './absent-users.ts';
import type { NotedBalances } from './noted-balances.ts';
import { RowInsertion } from './row-insertion.ts';
import { RowRemoval } from './row-removal.ts';
import type { ProcessLock } from '../locks/process-lock.ts';
import type { TableStructure } from '../structure/table-structure.ts';
import { offered } from '../../profile/endpoint-forms.ts';
import { idFromTable, type Id } from '../../profile/ids.ts';
import { moneyCodec, type MoneyCodec } from '../../profile/money-codec.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

/** A user of the target that the suite inserted or leased. */
export interface Account {
  readonly userId: Id;
  readonly name: string;
  /** Balance that was seeded, in won. */
  readonly balance: number;
}

/** A product of the target that the suite inserted or leased. */
export interface Product {
  readonly productId: Id;
  readonly name: string;
  /** Price of one piece, in won. */
  readonly price: number;
  /** Pieces that were seeded. */
  readonly stock: number;
}

const emailDomain = 'order-pay.invalid';

/** What the rows are inserted with. */
interface Parts {
  readonly pool: Pool;
  readonly profile: TargetProfile;
  readonly structure: TableStructure;
  /** Marks the rows: those of a process that has ended are found by it. */
  readonly processLock: ProcessLock;
  readonly notedBalances: NotedBalances;
}

/** The users and products that this process inserts, marked as its own. */
export class OwnRows {
  readonly #parts: Parts;
  readonly #insertion: RowInsertion;
  readonly #removal: RowRemoval;
  readonly #absentUsers: AbsentUsers;
  readonly #money: MoneyCodec;
  #inserted = 0;

  constructor(parts: Parts) {
    const { pool, profile, structure } = parts;
    this.#parts = parts;
    this.#insertion = new RowInsertion(pool, structure);
    this.#removal = new RowRemoval(pool, profile, structure);
    this.#absentUsers = new AbsentUsers(pool, profile, structure, this.#removal);
    this.#money = moneyCodec(profile.money);
  }

  /** Inserts a user with a balance, or neither of them. */
  async insertAccount({ name, balance }: { name: string; balance: number }): Promise<Account> {
    const { users, balances } = this.#parts.profile.tables;
    const mark = this.#mark();
    const held = offered(balances);
    const holding = held && { [held.balance]: this.#money.toTable(balance), ...held.fixed };
    const user = {
      ...(users.name !== undefined && {
        [users.name]: this.#written(users, users.email === undefined ? `${name} #${mark}` : name),
      }),
      ...(users.email !== undefined && { [users.email]: `${mark}@${emailDomain}` }),
      ...users.fixed,
      ...(held?.table === users.table && holding),
    };
    const id = await this.#insertion.insert(users.table, users.id, user);
    if (held && held.table !== users.table) {
      try {
        // A trigger may have inserted the row already.
        await this.#insertion.insert(held.table, held.userId, { [held.userId]: id, ...holding }, holding);
      } catch (error) {
        await this.#removal.removeAccounts([id]).catch(() => undefined);
        throw error;
      }
    }
    const userId = idFromTable(this.#parts.profile.ids.user, id);
    await this.#absentUsers.note(userId);
    this.#parts.notedBalances.add(userId, balance);
    return { userId, name, balance };
  }

  /** Inserts a product. */
  async insertProduct({ name, price, stock }: { name: string; price: number; stock: number }): Promise<Product> {
    const { products } = this.#parts.profile.tables;
    const marked = this.#written(products, `${name} #${this.#mark()}`);
    const id = await this.#insertion.insert(products.table, products.id, {
      [products.name]: marked,
      [products.price]: this.#money.toTable(price),
      [products.stock]: stock,
      ...products.fixed,
    });
    return { productId: idFromTable(this.#parts.profile.ids.product, id), name: marked, price, stock };
  }

  /** Returns a name in letters that its column can hold: of a legacy character set, all others are left out. */
  #written({ table, name: column = '' }: { readonly table: string; readonly name?: string }, name: string): string {
    return this.#parts.structure.isOfFewLetters(table, column) ? name.replaceAll(/[^ -~]/g, '').trim() || 'Name' : name;
  }

  async removeAccounts(accounts: readonly { userId: Id }[]): Promise<void> {
    await this.#removal.removeAccounts(accounts.map(({ userId }) => userId));
  }

  /** Removes what the target has made for users who do not exist, one for each account. */
  async removeRowsOfAbsentUsers(accounts: readonly { userId: Id }[]): Promise<void> {
    await this.#absentUsers.removeRowsOf(accounts.map(({ userId }) => userId));
  }

  async removeOrdersOf(accounts: readonly { userId: Id }[]): Promise<void> {
    await this.#removal.removeOrdersOf(accounts.map(({ userId }) => userId));
  }

  async removeProducts(products: readonly { productId: Id }[]): Promise<void> {
    await this.#removal.removeProducts(products.map(({ productId }) => productId));
  }

  /**
   * Removes the rows of killed runs.
   *
   * @returns the number of accounts and products.
   */
  async removeAbandoned(): Promise<{ accounts: number; products: number }> {
    const { users, products } = this.#parts.profile.tables;
    const userIds =
      users.email === undefined
        ? await abandonedIds(this.#parts.pool, users.table, users.id, users.name, '% #opl-%')
        : await abandonedIds(this.#parts.pool, users.table, users.id, users.email, `opl-%@${emailDomain}`);
    const productIds = await abandonedIds(this.#parts.pool, products.table, products.id, products.name, '% #opl-%');
    await this.#removal.removeAccounts(userIds);
    await this.#removal.removeProducts(productIds);
    return { accounts: userIds.length, products: productIds.length };
  }

  #mark(): string {
    return `${this.#parts.processLock.id}-${(this.#inserted += 1)}`;
  }
}
