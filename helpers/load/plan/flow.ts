/**
 * Requests of a virtual user in an iteration: orders, and pays three times with one key, one after the other
 * (`order-then-pay`); orders alone (`order`); orders, and pays three times with one key at once (`pay-at-once`).
 */
export const flows = ['order-then-pay', 'order', 'pay-at-once'] as const;

export type Flow = (typeof flows)[number];

/** Payments of an iteration, all with one key. */
export const paymentsOfAnIteration = 3;

/** Tries to order, each with another product, for as long as stock is what is lacking. */
export const maxOrderTries = 3;

/** Returns the minimum time of an iteration, in milliseconds: its pauses alone. */
export function pausesOf(flow: Flow, pauseMs: number, gapMs: number): number {
  return pauseMs + (flow === 'order-then-pay' ? gapMs * (paymentsOfAnIteration - 1) : 0);
}
