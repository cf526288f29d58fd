/** Why a target refused. The first five are conflicts; `unknown` is a refusal whose cause nothing names. */
export type RefusalReason =
  | 'balance'
  | 'stock'
  | 'in-progress'
  | 'order-state'
  | 'key-reuse'
  | 'foreign-order'
  | 'unknown-order'
  | 'unknown-user'
  | 'unknown-product'
  | 'invalid-quantity'
  | 'invalid-charge'
  | 'invalid-input'
  | 'server-error'
  | 'unknown';

/** The refusals that a profile must describe; the other two are what is left when nothing fits. */
export type NamedReason = Exclude<RefusalReason, 'server-error' | 'unknown'>;

/** The refusals that depend on the state of things, not on the request alone: they must name their cause. */
export const conflictReasons = ['balance', 'stock', 'in-progress', 'order-state', 'key-reuse'] as const;

/** How one refusal looks from outside. */
export interface RefusalForm {
  /** @example 409 @example [409, 423] */
  readonly status: number | readonly number[];
  /**
   * Values of the error's code field that mean this; where reasons share one, the message tells a conflict from the
   * others. None if the target sends no codes: then a conflict is read out of its message, and another refusal is
   * taken by its status.
   *
   * @example ['PAY001']
   */
  readonly codes: readonly string[];
}

/** All statuses that a refusal may have. */
export function statusesOf({ status }: RefusalForm): readonly number[] {
  return typeof status === 'number' ? [status] : status;
}
