/** The cause of a refusal. The first six are conflicts; `unknown` is a refusal that names no known cause. */
export type RefusalReason =
  | 'balance'
  | 'stock'
  | 'in-progress'
  | 'order-state'
  | 'key-reuse'
  | 'declined'
  | 'foreign-order'
  | 'unknown-order'
  | 'unknown-user'
  | 'unknown-product'
  | 'invalid-quantity'
  | 'invalid-charge'
  | 'invalid-input'
  | 'server-error'
  | 'unknown';

/** The refusals that a profile describes; the other two are the fallbacks. */
export type NamedReason = Exclude<RefusalReason, 'server-error' | 'unknown'>;

/** Those that every profile must describe: only where there is a gateway, a payment can be declined. */
export type RequiredReason = Exclude<NamedReason, 'declined'>;

/** The refusals that depend on the state of the shop, not on the request alone: they must name their cause. */
export const conflictReasons = ['balance', 'stock', 'in-progress', 'order-state', 'key-reuse', 'declined'] as const;

/** Status and codes of one refusal. */
export interface RefusalForm {
  /** @example 409 @example [409, 423] */
  readonly status: number | readonly number[];
  /**
   * Values of the error's code field that mean this refusal; where reasons share one, the message tells a conflict from
   * the others. Empty if the target sends no codes: then conflicts are read from the message, other refusals from the
   * status.
   *
   * @example ['PAY001']
   */
  readonly codes: readonly string[];
  /**
   * Phrases of its message that mean this refusal, in any case, where its code and status do not tell: several reasons
   * share them, or there are no codes. Of several phrases in a message the longest counts.
   *
   * @example ['이미 처리된'] @example ['already processed', 'duplicate request']
   */
  readonly says?: readonly string[];
}

/** Returns all statuses that a refusal may have. */
export function statusesOf({ status }: RefusalForm): readonly number[] {
  return typeof status === 'number' ? [status] : status;
}
