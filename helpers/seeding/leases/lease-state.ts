import type { Id } from '../../profile/ids.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { sum } from '../../text/sum.ts';
import type { LeaseEvent, Settling } from './lease-events.ts';

/** An amount that the run added to a row or is about to add; `isDone` once it is known to be added. */
interface Addition {
  readonly amount: number;
  isDone: boolean;
}

/** A top-up through the API: all requests with one key. */
interface Charge {
  readonly amount: number;
  /** Number of requests in flight. */
  pending: number;
  /** True when an answer was lost. */
  isLost: boolean;
  /** True when an answer was a replay, maybe of a top-up from before the lease. */
  isReplayed: boolean;
  /** Amount that was added according to an answer. */
  done: number;
}

export interface HeldUser {
  readonly id: Id;
  /** Original state of a leased user; an inserted one has none. */
  readonly found?: {
    readonly balance: number;
    readonly orders: ReadonlySet<Id>;
    readonly keys: Readonly<Record<string, readonly string[]>>;
  };
  readonly additions: Map<number, Addition>;
  readonly charges: Map<string, Charge>;
}

export interface HeldProduct {
  readonly id: Id;
  readonly found?: { readonly stock: number; readonly price: number };
  readonly additions: Map<number, Addition>;
  /** Prices that the run has set. */
  readonly prices: Set<number>;
}

/** The held rows and the changes to them: the result of a journal's events. */
export class LeaseState {
  readonly users = new Map<string, HeldUser>();
  readonly products = new Map<string, HeldProduct>();
  /** A settlement of which it is not known whether it was committed. */
  unsure: Settling | undefined;
  #nth = 0;

  get isEmpty(): boolean {
    return this.users.size === 0 && this.products.size === 0;
  }

  /** Returns the number of the next addition. */
  nextNth(): number {
    return (this.#nth += 1);
  }

  apply(event: LeaseEvent): void {
    switch (event.event) {
      case 'user': {
        const { id, found } = event;
        const user = { id, additions: new Map<number, Addition>(), charges: new Map<string, Charge>() };
        this.users.set(String(id), found ? { ...user, found: { ...found, orders: new Set(found.orders) } } : user);
        break;
      }
      case 'product': {
        const { id, found } = event;
        const product = { id, additions: new Map<number, Addition>(), prices: new Set<number>() };
        this.products.set(String(id), found ? { ...product, found } : product);
        break;
      }
      case 'adding': {
        const row = (event.to === 'balance' ? this.users : this.products).get(String(event.id));
        row?.additions.set(event.nth, { amount: event.amount, isDone: false });
        this.#nth = Math.max(this.#nth, event.nth);
        break;
      }
      case 'added':
        for (const { additions } of [...this.users.values(), ...this.products.values()]) {
          const addition = additions.get(event.nth);
          if (addition && event.isDone) addition.isDone = true;
          else additions.delete(event.nth);
        }
        break;
      case 'charging': {
        const charges = this.users.get(String(event.id))?.charges;
        const { pending = 0, isLost = false, isReplayed = false, done = 0 } = charges?.get(event.key) ?? {};
        charges?.set(event.key, { amount: event.amount, pending: pending + 1, isLost, isReplayed, done });
        break;
      }
      case 'charged': {
        const charge = this.users.get(String(event.id))?.charges.get(event.key);
        if (!charge) break;
        charge.pending -= 1;
        if (event.outcome === 'ok') charge.done = event.amount;
        // A refused amount was not added; one without an answer may have been.
        if (event.outcome === 'unknown') charge.isLost = true;
        if (event.outcome === 'replayed') charge.isReplayed = true;
        break;
      }
      case 'pricing':
        this.products.get(String(event.id))?.prices.add(event.price);
        break;
      case 'settling':
        this.unsure = event;
        break;
      case 'settled':
        if (event.isDone) {
          for (const id of this.unsure?.users ?? []) this.users.delete(String(id));
          for (const id of this.unsure?.products ?? []) this.products.delete(String(id));
        }
        this.unsure = undefined;
        break;
    }
  }
}

/** Returns the total that was certainly added to a row, and each further amount that may have been added. */
export function additionsTo(row: HeldUser | HeldProduct): { done: number; open: number[] } {
  const additions = [...row.additions.values()];
  const charges = 'charges' in row ? [...row.charges.values()] : [];
  const doneBy = ({ amount, done, isLost, isReplayed }: Charge): number =>
    // A replay after a lost answer repeats that answer; otherwise it may be from before the lease, and nothing was
    // added.
    isLost && isReplayed ? done || amount : done;
  return {
    done: sum([...additions.filter(({ isDone }) => isDone).map(({ amount }) => amount), ...charges.map(doneBy)]),
    open: [
      ...additions.filter(({ isDone }) => !isDone).map(({ amount }) => amount),
      ...charges
        .filter((charge) => doneBy(charge) === 0 && (charge.pending > 0 || charge.isLost || charge.isReplayed))
        .map(({ amount }) => amount),
    ],
  };
}

/**
 * Returns how much of the amounts that may have been added was added: the whole difference that is otherwise
 * unexplained if some of the amounts make up exactly that, or else 0.
 */
export function explainedBy(difference: number, open: readonly number[]): number {
  if (!Number.isSafeInteger(difference)) return 0;
  const reachable = new Set([0n]);
  for (const amount of open) {
    for (const total of [...reachable]) reachable.add(total + BigInt(amount));
    if (reachable.size > 100_000) break;
  }
  return reachable.has(BigInt(difference)) ? difference : 0;
}

/** Returns a ledger without the earlier orders of leased users and without their lines and payments. */
export function withoutEarlierOrders(ledger: LedgerSnapshot, { users }: LeaseState): LedgerSnapshot {
  const isEarlier = ({ orderId, userId }: { orderId: Id; userId: Id }): boolean =>
    users.get(String(userId))?.found?.orders.has(orderId) ?? false;
  const earlier = new Set(ledger.orders.filter(isEarlier).map(({ orderId }) => orderId));
  if (earlier.size === 0) return ledger;
  const isNew = ({ orderId }: { orderId: Id }): boolean => !earlier.has(orderId);
  return {
    ...ledger,
    orders: ledger.orders.filter(isNew),
    items: ledger.items.filter(isNew),
    payments: ledger.payments.filter(isNew),
  };
}
