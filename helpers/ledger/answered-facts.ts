import { answerSchemas, type OrderAnswer, type PaymentAnswer } from '../api/answers.ts';
import type { Exchange } from '../api/exchange.ts';
import type { Id } from '../profile/ids.ts';
import { comparableKey } from '../text/json.ts';

/** What the API's answers claim to have happened. */
export interface AnsweredFacts {
  readonly orders: readonly OrderAnswer[];
  readonly payments: readonly PaymentAnswer[];
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

const lost = (exchanges: readonly Exchange[], name: Exchange['name']): number =>
  exchanges.filter((exchange) => exchange.name === name && exchange.outcome === 'unknown').length;

/** Sums up what a number of exchanges claim. */
export function answeredFacts(exchanges: readonly Exchange[]): AnsweredFacts {
  const charges = new Map<string, { userId: Id; amount: number }>();
  for (const [index, { answer, idempotencyKey }] of answersTo(exchanges, 'chargeBalance').entries()) {
    const charge = answerSchemas.charge.safeParse(answer).data;
    if (!charge) continue;
    const key = idempotencyKey === undefined ? `#${index}` : comparableKey(idempotencyKey);
    charges.set(`${charge.userId} ${key}`, { userId: charge.userId, amount: charge.chargedAmount ?? 0 });
  }
  const deposits = new Map<Id, number>();
  for (const { userId, amount } of charges.values()) deposits.set(userId, (deposits.get(userId) ?? 0) + amount);
  return {
    orders: answersTo(exchanges, 'createOrder').flatMap(
      ({ answer }) => answerSchemas.order.safeParse(answer).data ?? [],
    ),
    payments: answersTo(exchanges, 'pay').flatMap(({ answer }) => answerSchemas.payment.safeParse(answer).data ?? []),
    deposits,
    lostCharges: lost(exchanges, 'chargeBalance'),
    lostOrders: lost(exchanges, 'createOrder'),
    lostPayments: lost(exchanges, 'pay'),
  };
}
