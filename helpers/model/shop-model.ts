import type { Policies } from '../profile/policies.ts';
import type { NamedReason } from '../profile/refusal-forms.ts';

/** An order as the model remembers it; amounts in won. */
export interface ModelOrder {
  readonly user: number;
  readonly product: number;
  readonly quantity: number;
  readonly total: number;
  status: 'pending' | 'paid' | 'cancelled';
}

/** A correct target's reaction to a request: it executes it, replays an earlier answer, or refuses for a true cause. */
export type ModelAnswer =
  | { readonly kind: 'done' }
  | { readonly kind: 'replay'; readonly of: string }
  | { readonly kind: 'refused'; readonly reasons: readonly NamedReason[] };

const done: ModelAnswer = { kind: 'done' };

type PlacePolicies = Pick<
  Policies,
  'balanceIsCheckedAt' | 'stockIsCheckedAt' | 'stockIsTakenAt' | 'paidOrders' | 'secondCancellation'
>;

/** A model of a correct shop, which knows only the policies of the target. Users, products and orders by index. */
export class ShopModel {
  readonly balances: number[];
  readonly stock: number[];
  readonly orders: ModelOrder[] = [];
  readonly #prices: readonly number[];
  readonly #policies: PlacePolicies;
  /** The use of every key of every user. */
  readonly #keys = new Map<string, string>();

  constructor(
    policies: PlacePolicies,
    state: { balances: readonly number[]; stock: readonly number[]; prices: readonly number[] },
  ) {
    this.#policies = policies;
    this.balances = [...state.balances];
    this.stock = [...state.stock];
    this.#prices = state.prices;
  }

  order(user: number, product: number, quantity: number): ModelAnswer {
    const { balanceIsCheckedAt, stockIsCheckedAt, stockIsTakenAt } = this.#policies;
    const left = this.stock[product] ?? 0;
    const total = quantity * (this.#prices[product] ?? 0);
    const reasons: NamedReason[] = [];
    if (stockIsCheckedAt === 'order' && quantity > left) reasons.push('stock');
    if (balanceIsCheckedAt === 'order' && total > (this.balances[user] ?? 0)) reasons.push('balance');
    if (reasons.length > 0) return refused(...reasons);
    if (stockIsTakenAt === 'order') this.stock[product] = left - quantity;
    this.orders.push({ user, product, quantity, total, status: 'pending' });
    return done;
  }

  pay(index: number, user: number, key: string): ModelAnswer {
    const order = this.#orderAt(index);
    const isForeign = order.user !== user;
    const use = `payment of order ${index}`;
    const used = this.#keys.get(`pay ${user} ${key}`);
    if (used === use && !isForeign) return { kind: 'replay', of: use };
    const balance = this.balances[user] ?? 0;
    const stock = this.stock[order.product] ?? 0;
    const takesStock = this.#policies.stockIsTakenAt === 'payment';
    const reasons: NamedReason[] = [];
    if (isForeign) reasons.push('foreign-order');
    if (used !== undefined) reasons.push('key-reuse');
    if (order.status !== 'pending') reasons.push('order-state');
    if (takesStock && order.quantity > stock) reasons.push('stock');
    if (order.total > balance) reasons.push('balance');
    if (reasons.length > 0) return refused(...reasons);
    this.#keys.set(`pay ${user} ${key}`, use);
    this.balances[user] = balance - order.total;
    if (takesStock) this.stock[order.product] = stock - order.quantity;
    order.status = 'paid';
    return done;
  }

  charge(user: number, amount: number, key: string): ModelAnswer {
    const use = `charge of ${amount} to user ${user} with ${key}`;
    const used = this.#keys.get(`charge ${user} ${key}`);
    if (used === use) return { kind: 'replay', of: use };
    if (used !== undefined) return refused('key-reuse', 'invalid-charge', 'invalid-input');
    this.#keys.set(`charge ${user} ${key}`, use);
    this.balances[user] = (this.balances[user] ?? 0) + amount;
    return done;
  }

  cancel(index: number, user: number): ModelAnswer {
    const order = this.#orderAt(index);
    const reasons: NamedReason[] = [];
    if (order.user !== user) reasons.push('foreign-order');
    const { paidOrders, secondCancellation, stockIsTakenAt } = this.#policies;
    const isRepeated = order.status === 'cancelled' && secondCancellation === 'answered';
    const isRefunded = order.status === 'paid' && paidOrders === 'cancellable';
    if (order.status !== 'pending' && !isRepeated && !isRefunded) reasons.push('order-state');
    if (reasons.length > 0) return refused(...reasons);
    if (isRepeated) return done;
    if (isRefunded) this.balances[user] = (this.balances[user] ?? 0) + order.total;
    order.status = 'cancelled';
    if (stockIsTakenAt === 'order' || isRefunded) {
      this.stock[order.product] = (this.stock[order.product] ?? 0) + order.quantity;
    }
    return done;
  }

  /** Names of the uses of a key. */
  static useOf = {
    payment: (index: number): string => `payment of order ${index}`,
    charge: (user: number, amount: number, key: string): string => `charge of ${amount} to user ${user} with ${key}`,
  };

  #orderAt(index: number): ModelOrder {
    const order = this.orders[index];
    if (!order) throw new RangeError(`The model has no order ${index}`);
    return order;
  }
}

const refused = (...reasons: NamedReason[]): ModelAnswer => ({ kind: 'refused', reasons });
