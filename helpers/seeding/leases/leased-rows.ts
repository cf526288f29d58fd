import type { Exchange } from '../../api/answers/exchange.ts';
import { answerSchemas } from '../../api/answers/answers.ts';
import { idFromTable, type Id } from '../../profile/ids.ts';
import { comparableKey } from '../../text/json.ts';
import { isReplayedCharge } from '../../api/answers/replay-header.ts';
import type { Needs, SeededRows, SeededTest, Seeding } from '../seeding.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import type { Account, Product } from '../../database/rows/own-rows.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { UserError } from '../../text/user-error.ts';
import type { IdList } from '../../settings/id-list.ts';
import { Journals } from './journals.ts';
import type { LeaseJournal } from './lease-journal.ts';
import { Leaseholder, type RowKind } from './leaseholder.ts';
import { RowLeasing } from './row-leasing.ts';
import { Settlement } from './settlement.ts';

/** Ids to lease, and the database with their rows. */
export interface LeasedRowsOptions {
  readonly database: ShopDatabase;
  /** Users that may be leased; left out, accounts are inserted. */
  readonly userIds?: IdList;
  /** Products that may be leased; left out, products are inserted. */
  readonly productIds?: IdList;
  /** Maximum wait, in milliseconds, for others to release rows that a test needs. */
  readonly maxWaitMs?: number;
  readonly journalFolder?: string;
}

/** Rows that most tests need. Taken at once, so that no test that holds some waits for more. */
const usualNeeds: Needs = { accounts: 2, products: 2 };

const settingOf: Readonly<Record<RowKind, string>> = { user: 'USER_IDS', product: 'PRODUCT_IDS' };

/**
 * Accounts and products leased from a range: set to the balance, price and stock of a test by adding the difference,
 * and put back afterwards.
 */
export class LeasedRows implements Seeding {
  readonly lastsForWorker = false;
  readonly #database: ShopDatabase;
  readonly #options: LeasedRowsOptions;
  readonly #leasing: RowLeasing;
  readonly #holder: Leaseholder;
  readonly #journal: LeaseJournal;
  readonly #settlement: Settlement;
  readonly #journals: Journals;
  #test: SeededTest | undefined;
  #needs: Needs = usualNeeds;
  #spare: Record<RowKind, Id[]> = { user: [], product: [] };
  #hasTaken = false;
  #turn: Promise<unknown> = Promise.resolve();
  #failure: Error | undefined;
  #keyless = 0;

  private constructor(options: LeasedRowsOptions, holder: Leaseholder, journals: Journals, settlement: Settlement) {
    this.#options = options;
    this.#database = options.database;
    this.#holder = holder;
    this.#journals = journals;
    this.#settlement = settlement;
    this.#journal = journals.own(options.database.place);
    this.#leasing = new RowLeasing(options.database, this.#journal);
    options.database.leaseNotes = this.#journal;
  }

  static async on(options: LeasedRowsOptions): Promise<LeasedRows> {
    const { database, userIds, productIds } = options;
    const { pool, profile, structure, processLock } = database;
    const journals = await Journals.of(database, options.journalFolder);
    const settlement = new Settlement(pool, profile, structure);
    const there = (kind: RowKind, list: IdList): Promise<Id[]> => {
      const ids = list.ids.map((id) => idFromTable(profile.ids[kind], id));
      const wrong = ids.findIndex((id) => Number.isNaN(id));
      if (wrong < 0) return database.existingIds(kind, ids);
      throw new SettingsError(
        `${settingOf[kind]} names ${JSON.stringify(list.ids[wrong])}, but the ${kind} ids of the target profile ` +
          `${profile.name} are numbers.`,
      );
    };
    const holder = new Leaseholder(processLock, database.name, {
      ...(userIds && { user: await there('user', userIds) }),
      ...(productIds && { product: await there('product', productIds) }),
    });
    return new LeasedRows(options, holder, journals, settlement);
  }

  /** Returns how many users or products of the range exist. */
  sizeOf(kind: RowKind): number {
    return this.#holder.sizeOf(kind);
  }

  begin(test: SeededTest): void {
    this.#test = test;
    this.#needs = usualNeeds;
    this.#hasTaken = false;
    this.#failure = undefined;
  }

  holdsAtOnce(needs: Partial<Needs>): void {
    this.#needs = { ...usualNeeds, ...needs };
  }

  async newAccount(wanted: { name: string; balance: number }): Promise<Account> {
    if (this.#options.userIds) {
      return this.#inTurn(async () => this.#leasing.leaseUser(await this.#takeNext('user'), wanted.balance));
    }
    const account = await this.#database.insertAccount(wanted);
    this.#journal.note({ event: 'user', id: account.userId });
    return account;
  }

  async newProduct(wanted: { name: string; price: number; stock: number }): Promise<Product> {
    if (this.#options.productIds) {
      return this.#inTurn(async () => this.#leasing.leaseProduct(await this.#takeNext('product'), wanted));
    }
    const product = await this.#database.insertProduct(wanted);
    this.#journal.note({ event: 'product', id: product.productId });
    return product;
  }

  charging(userId: Id, amount: unknown, idempotencyKey: unknown): ((exchange: Exchange) => void) | undefined {
    if (!this.#journal.state.users.get(String(userId))?.found) return undefined;
    const key = idempotencyKey === undefined ? `#${(this.#keyless += 1)}` : comparableKey(idempotencyKey);
    const asked = typeof amount === 'number' && Number.isSafeInteger(amount) ? amount : 0;
    this.#journal.note({ event: 'charging', id: userId, key, amount: asked });
    return (exchange) => {
      const { chargedAmount = asked } = answerSchemas.charge.safeParse(exchange.answer).data ?? {};
      const isReplay = exchange.outcome === 'ok' && isReplayedCharge(exchange, this.#database.profile);
      const outcome = isReplay ? 'replayed' : exchange.outcome;
      this.#journal.note({ event: 'charged', id: userId, key, amount: chargedAmount, outcome });
    };
  }

  /** Puts everything back. @throws UserError when the leases were lost with their connection; the next run recovers. */
  async putBack(had: SeededRows): Promise<void> {
    // Leases of a failed test that are still being taken must not outlive it.
    await this.#turn;
    const { state } = this.#journal;
    const users = [...state.users.values()].map(({ id }) => id);
    const products = [...state.products.values()].map(({ id }) => id);
    if (!(await this.#holder.holdsAll())) {
      throw new UserError(
        'The database server has cut the connection that the leases of USER_IDS and PRODUCT_IDS depend on. The next run ' +
          'puts the leased rows back.',
      );
    }
    await this.#settlement.settle(this.#journal);
    if (!this.#options.userIds) await this.#database.removeAccounts(had.accounts);
    if (!this.#options.productIds) await this.#database.removeProducts(had.products);
    await this.#holder.release('user', [...users, ...this.#spare.user]);
    await this.#holder.release('product', [...products, ...this.#spare.product]);
    this.#spare = { user: [], product: [] };
    this.#hasTaken = false;
  }

  async finish(): Promise<void> {
    // Nothing is left for later: others wait for these rows.
  }

  /** Takes leases one after the other; once one has failed, all later ones of this test fail too. */
  #inTurn<Row>(lease: () => Promise<Row>): Promise<Row> {
    const leased = this.#turn.then(() => {
      if (this.#failure !== undefined) throw this.#failure;
      return lease();
    });
    this.#turn = leased.catch((error: unknown) => {
      this.#failure ??= error instanceof Error ? error : new Error(String(error));
    });
    return leased;
  }

  /** Returns the next user or product for this test; the first call takes all that it needs. */
  async #takeNext(kind: RowKind): Promise<Id> {
    if (this.#spare[kind].length === 0) await this.#take(kind);
    const id = this.#spare[kind].shift();
    if (id === undefined) throw new Error(`No ${kind} was taken`);
    return id;
  }

  async #take(kind: RowKind): Promise<void> {
    const { userIds, productIds, maxWaitMs = 120_000 } = this.#options;
    const { allowForWait } = this.#test ?? {};
    const first = !this.#hasTaken;
    this.#hasTaken = true;
    const atLeast = (one: RowKind): number => (one === kind ? 1 : 0);
    const wanted = {
      user: userIds ? Math.max(first ? this.#needs.accounts : 0, atLeast('user')) : 0,
      product: productIds ? Math.max(first ? this.#needs.products : 0, atLeast('product')) : 0,
    };
    this.#assertEnough(kind, wanted);
    const noteWait = allowForWait?.(maxWaitMs);
    const start = performance.now();
    const taken = await this.#holder.take(wanted, maxWaitMs);
    noteWait?.(performance.now() - start);
    if (!taken) throw new UserError(await this.#describeWait(wanted, maxWaitMs));
    for (const one of ['user', 'product'] as const) this.#spare[one].push(...taken[one]);
    await this.#journals.recoverHolders(taken);
  }

  /** Throws when a test needs more rows than the range has, so that it does not wait in vain. */
  #assertEnough(kind: RowKind, wanted: Readonly<Record<RowKind, number>>): void {
    for (const one of ['user', 'product'] as const) {
      const held = [...(one === 'user' ? this.#journal.state.users : this.#journal.state.products).values()];
      const needed = wanted[one] + (one === kind || wanted[one] > 0 ? held.filter(({ found }) => found).length : 0);
      const list = one === 'user' ? this.#options.userIds : this.#options.productIds;
      if (!list || needed <= this.sizeOf(one)) continue;
      const why =
        `this scenario needs ${needed} ${one}s at once, but of ${settingOf[one]}=${list.text} there are only ` +
        `${this.sizeOf(one)}`;
      this.#test?.onTooFew(why);
      throw new UserError(`${why}. Widen ${settingOf[one]}.`);
    }
  }

  async #describeWait(wanted: Readonly<Record<RowKind, number>>, waitedMs: number): Promise<string> {
    const parts: string[] = [];
    for (const kind of ['user', 'product'] as const) {
      if (wanted[kind] === 0) continue;
      const others = await this.#holder.heldByOthers(kind);
      parts.push(
        `${wanted[kind]} more ${kind}s are needed at once; of the ${this.sizeOf(kind)} in ${settingOf[kind]}, other ` +
          `workers and runs hold ${others}`,
      );
    }
    return (
      `Too few were released within ${Math.round(waitedMs / 1000)} s: ${parts.join('; ')}. ` +
      'Widen USER_IDS or PRODUCT_IDS, lower WORKERS, or run less at once.'
    );
  }
}
