import { answerSchemas, type OrderAnswer, type PaymentAnswer } from '../api/answers/answers.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import type { Id } from '../profile/ids.ts';
import { groupedBy } from '../text/words/grouped-by.ts';
import { comparableKey } from '../text/json.ts';
import { sum } from '../text/sum.ts';

/** The orders, payments and top-ups that the API's answers claim. */
export interface AnsweredFacts {
  readonly orders: readonly OrderAnswer[];
  readonly payments: readonly PaymentAnswer[];
  /** Ids of the orders that were answered as cancelled. */
  readonly cancelled: readonly Id[];
  /** Won charged to each user, every key counted once. */
  readonly deposits: ReadonlyMap<Id, number>;
  /** Charge requests whose answer was lost. */
  readonly lostCharges: number;
  /** Order requests whose answer was lost. */
  readonly lostOrders: number;
  /** Payment requests whose answer was lost. */
  readonly lostPayments: number;
}

const answersTo = (exchanges: readonly Exchange[], name: Exchange['name']): Exchange[] =>
  exchanges.filter((exchange) => exchange.name === name && exchange.outcome === 'ok');

/** Those whose answer was lost; not those that were interrupted, or kept by a gateway, and answered under the same key. */
const lost = (exchanges: readonly Exchange[], name: Exchange['name']): number => {
  const answered = new Set(answersTo(exchanges, name).map(keyOf));
  return exchanges.filter((one) => {
    const mayBeSettled = one.isInterrupted ?? one.isKept ?? false;
    const isSettled = mayBeSettled && one.idempotencyKey !== undefined && answered.has(keyOf(one));
    return one.name === name && one.outcome === 'unknown' && !isSettled;
  }).length;
};

const keyOf = ({ idempotencyKey }: Exchange): string =>
  idempotencyKey === undefined ? '' : comparableKey(idempotencyKey);

/** Collects the orders, payments and top-ups that some exchanges claim. */
export function answeredFacts(exchanges: readonly Exchange[]): AnsweredFacts {
  const charges = new Map<string, { userId: Id; amount: number }>();
  for (const [index, { answer, idempotencyKey }] of answersTo(exchanges, 'chargeBalance').entries()) {
    const charge = answerSchemas.charge.safeParse(answer).data;
    if (!charge) continue;
    const key = idempotencyKey === undefined ? `#${index}` : comparableKey(idempotencyKey);
    charges.set(`${charge.userId} ${key}`, { userId: charge.userId, amount: charge.chargedAmount ?? 0 });
  }
  const chargesOf = groupedBy([...charges.values()], ({ userId }) => userId);
  const deposits = new Map(
    [...chargesOf].map(([userId, own]): [Id, number] => [userId, sum(own.map(({ amount }) => amount))]),
  );
  return {
    orders: answersTo(exchanges, 'createOrder').flatMap(
      ({ answer }) => answerSchemas.order.safeParse(answer).data ?? [],
    ),
    payments: answersTo(exchanges, 'pay').flatMap(({ answer }) => answerSchemas.payment.safeParse(answer).data ?? []),
    cancelled: answersTo(exchanges, 'cancelOrder').flatMap(
      ({ answer }) => answerSchemas.shownOrder.safeParse(answer).data?.orderId ?? [],
    ),
    deposits,
    lostCharges: lost(exchanges, 'chargeBalance'),
    lostOrders: lost(exchanges, 'createOrder'),
    lostPayments: lost(exchanges, 'pay'),
  };
}
