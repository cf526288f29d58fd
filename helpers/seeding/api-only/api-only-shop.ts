import { randomUUID } from 'node:crypto';
import { answerSchemas, type OrderAnswer } from '../../api/answers/answers.ts';
import type { Exchange } from '../../api/answers/exchange.ts';
import type { Contact } from '../../api/login/fixed-headers.ts';
import type { Id } from '../../profile/ids.ts';
import type { BriefState } from '../../ledger/brief-state.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { requireAnswer } from '../../api/answers/require-answer.ts';
import type { ShopApi } from '../../api/shop-api.ts';
import { NotedBalances } from '../../database/rows/noted-balances.ts';
import type { KeptKeys } from '../../database/rows/user-keys.ts';
import type { ShopView } from '../../database/shop-view.ts';
import { isOffered } from '../../profile/endpoint-forms.ts';
import { orderStateOf } from '../../profile/order-state.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

interface ToldPayment {
  readonly paymentId: Id;
  readonly orderId: Id;
  readonly amount: number;
}

/**
 * A target without its database: balances, stock and order states as the API shows them, orders and payments as its
 * answers named them. Rows that no answer names are invisible. Amounts in the smallest unit.
 */
export class ApiOnlyShop implements ShopView {
  readonly place: string;
  readonly #api: ShopApi;
  readonly #profile: TargetProfile;
  readonly #notApplicable: (why: string) => void;
  readonly #orders = new Map<Id, OrderAnswer>();
  readonly #cancelled = new Set<Id>();
  readonly #payments = new Map<string, ToldPayment>();
  readonly #surplus = new Map<Id, number>();
  readonly #noted: NotedBalances;

  /** @param notApplicable ends a test that needs the database. */
  constructor(place: string, api: ShopApi, profile: TargetProfile, notApplicable: (why: string) => void) {
    this.place = place;
    this.#api = api;
    this.#profile = profile;
    this.#notApplicable = notApplicable;
    this.#noted = new NotedBalances(profile);
  }

  /** False where users hold no balance. */
  get holdsBalances(): boolean {
    return isOffered(this.#profile.tables.balances);
  }

  /** Notes what a user has, where nobody holds a balance. */
  noteBalance(userId: Id, amount: number): void {
    this.#noted.set(userId, amount);
  }

  /** Notes stock beyond the amount that a test asked for, to subtract it from the shown stock. */
  noteSurplus(productId: Id, pieces: number): void {
    this.#surplus.set(productId, pieces);
  }

  /** Forgets all orders and payments at the end of a test. */
  forget(): void {
    for (const known of [this.#orders, this.#cancelled, this.#payments, this.#surplus]) known.clear();
  }

  noteAnswer({ name, answer }: Pick<Exchange, 'name' | 'answer'>): void {
    if (name === 'createOrder') {
      const order = answerSchemas.order.safeParse(answer).data;
      if (order && !this.#orders.has(order.orderId)) this.#orders.set(order.orderId, order);
    }
    if (name === 'cancelOrder') {
      const { orderId } = answerSchemas.shownOrder.safeParse(answer).data ?? {};
      if (orderId !== undefined) this.#cancelled.add(orderId);
    }
    if (name === 'pay') {
      const payment = answerSchemas.payment.safeParse(answer).data;
      if (!payment) return;
      const { orderId, paymentId = `of order ${orderId}`, paidAmount } = payment;
      const amount = paidAmount ?? this.#orders.get(orderId)?.totalAmount ?? 0;
      const told = `${orderId} ${paymentId}`;
      if (!this.#payments.has(told)) this.#payments.set(told, { paymentId, orderId, amount });
    }
  }

  contactOf(): Promise<Contact> {
    return Promise.resolve({});
  }

  async ledger(accounts: readonly { userId: Id }[], products: readonly { productId: Id }[]): Promise<LedgerSnapshot> {
    const balances = await Promise.all(
      accounts.map(async ({ userId }) =>
        this.holdsBalances ? requireAnswer(await this.#api.getBalance(userId)) : { userId, balance: 0 },
      ),
    );
    const goods = await Promise.all(
      products.map(async ({ productId }) => requireAnswer(await this.#api.getProduct(productId))),
    );
    const ours = new Set(accounts.map(({ userId }) => userId));
    const told = [...this.#orders.values()].filter(({ userId }) => ours.has(userId));
    const orders = await Promise.all(
      told.map(async ({ orderId, userId, totalAmount }) => ({
        ...{ orderId, userId, total: totalAmount },
        status: await this.#statusOf(orderId, userId),
      })),
    );
    const payments = [...this.#payments.values()].filter(({ orderId }) =>
      orders.some((order) => order.orderId === orderId),
    );
    const untold = orders.filter(
      ({ orderId, status }) =>
        status === this.#profile.orderStatus.paid && payments.every((payment) => payment.orderId !== orderId),
    );
    return this.#noted.in({
      accounts: balances,
      products: goods.map(({ productId, stock }) => ({
        productId,
        stock: stock - (this.#surplus.get(productId) ?? 0),
      })),
      orders,
      items: told.flatMap(({ orderId, items = [] }) =>
        items.flatMap(({ productId, quantity }) =>
          productId === undefined || quantity === undefined ? [] : [{ orderId, productId, quantity }],
        ),
      ),
      payments: [
        ...payments.map((payment) => ({ ...payment, userId: this.#orders.get(payment.orderId)?.userId ?? 0 })),
        ...untold.map(({ orderId, userId, total }) => ({
          paymentId: `of order ${orderId}`,
          orderId,
          userId,
          amount: total,
        })),
      ],
    });
  }

  orphanedOrderLines(): Promise<string[]> {
    return Promise.resolve([]);
  }

  async stateOf(accounts: readonly { userId: Id }[], products: readonly { productId: Id }[] = []): Promise<BriefState> {
    const ledger = await this.ledger(accounts, products);
    return {
      balances: ledger.accounts.map(({ balance }) => balance),
      stock: ledger.products.map(({ stock }) => stock),
      orders: ledger.orders.map(({ status }) => orderStateOf(this.#profile, status)),
      payments: ledger.payments.map(({ amount }) => amount),
    };
  }

  /** Tops up through the API, where users hold balances. */
  async addToBalance({ userId }: { userId: Id }, amount: number): Promise<void> {
    if (!this.holdsBalances) {
      this.#noted.add(userId, amount);
      return;
    }
    if (amount < 0) this.#needsDatabase('a balance that goes down without an order');
    if (amount > 0) requireAnswer(await this.#api.chargeBalance(userId, { amount, idempotencyKey: randomUUID() }));
  }

  addToStock(): Promise<void> {
    this.#needsDatabase('a stock that goes up');
    return Promise.resolve();
  }

  setPrice(): Promise<void> {
    this.#needsDatabase('a price that changes');
    return Promise.resolve();
  }

  exactBalance(): Promise<bigint> {
    this.#needsDatabase('exact balances');
    return Promise.resolve(0n);
  }

  setExactBalance(): Promise<string> {
    this.#needsDatabase('exact balances');
    return Promise.resolve('');
  }

  largestBalance(): Promise<bigint | undefined> {
    this.#needsDatabase('the column of the balance');
    return Promise.resolve(undefined);
  }

  setOrderStatus(): Promise<void> {
    this.#needsDatabase('an order that has moved on');
    return Promise.resolve();
  }

  keyRows(): Promise<KeptKeys[]> {
    this.#needsDatabase('rows of keys');
    return Promise.resolve([]);
  }

  expireKeys(): Promise<number> {
    this.#needsDatabase('keys that expire');
    return Promise.resolve(0);
  }

  shortenKeys(): Promise<number> {
    this.#needsDatabase('keys that expire soon');
    return Promise.resolve(0);
  }

  purgeKeys(): Promise<number> {
    this.#needsDatabase('keys that are purged');
    return Promise.resolve(0);
  }

  ageKeys(): Promise<number> {
    this.#needsDatabase('keys that grow older');
    return Promise.resolve(0);
  }

  #needsDatabase(what: string): void {
    this.#notApplicable(`this scenario needs ${what}, and that needs the database: set DB_HOST`);
  }

  async #statusOf(orderId: Id, userId: Id): Promise<string> {
    const { endpoints, orderStatus } = this.#profile;
    if (isOffered(endpoints.getOrder)) {
      const { status } = requireAnswer(await this.#api.getOrder(orderId, { userId }));
      if (status !== undefined) return status;
    }
    const isPaid = [...this.#payments.values()].some((payment) => payment.orderId === orderId);
    if (isPaid) return orderStatus.paid;
    return this.#cancelled.has(orderId) ? orderStatus.cancelled : orderStatus.pending;
  }
}
