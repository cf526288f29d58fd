import type { Json } from '../text/json.ts';

/**
 * What makes the sandbox of a payment gateway behave in some way. All that is said has to hold of a payment; at least one
 * thing is said.
 */
interface GatewayTrigger {
  /**
   * The order's total, in the smallest unit: Braintree declines 2000.00 to 2999.99, others go by the last digits.
   *
   * @example { amount: 200_000 }
   */
  readonly amount?: number;
  /**
   * Fields of the payment's body, under the target's names, dotted where they lie deeper: a test card's token (Stripe), the
   * holder's name (Adyen), a security code.
   *
   * @example { fields: { paymentMethod: 'pm_card_chargeDeclined' } }
   * @example { fields: { 'card.holderName': 'DECLINED' } }
   */
  readonly fields?: Readonly<Record<string, Json>>;
  /** Headers of the payment, which the target hands on. @example { headers: { 'TossPayments-Test-Code': 'REJECT_CARD_PAYMENT' } } */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the payment's idempotency key begins with: simulators go by words in it. @example { keyPrefix: 'FAIL-' } */
  readonly keyPrefix?: string;
}

/**
 * The external gateway that approves payments, beside the balance, and how it is made to misbehave. Whatever is left out is
 * not tried. What it has charged is read from `tables.charges`.
 */
export interface Gateway {
  /** The gateway declines: everything is given back, and the payment is refused as `declined`. */
  readonly declines?: GatewayTrigger;
  /** The gateway charges, and its answer never comes. */
  readonly timesOut?: GatewayTrigger;
  /**
   * The gateway tells twice that it has charged, as by an answer and a webhook: the last time at most `withinMs` after the
   * target has answered. Default: before that.
   */
  readonly answersTwice?: GatewayTrigger & { readonly withinMs?: number };
  /**
   * The gateway charges, and tells it, after the target has stopped waiting for its answer: at most `withinMs` after the
   * target has answered. Default: 2000.
   */
  readonly answersLate?: GatewayTrigger & { readonly withinMs?: number };
}

/** What a gateway can be made to do. */
export type GatewayBehaviour = keyof Gateway;
