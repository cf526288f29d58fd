/** What differs between correct servers, and which of it this target does. */
export interface Policies {
  /** How a repeated request with a completed key is answered. */
  readonly replay: {
    readonly paymentStatus: number;
    readonly orderStatus: number;
    readonly chargeStatus: number;
    /** Header that marks a replay, if there is one. */
    readonly header?: { readonly name: string; readonly value: string };
    /** `bytes`: the very text of the original; `fields`: the same values, in any order and with additions. */
    readonly body: 'bytes' | 'fields';
  };
  /** Duplicates that arrive while the first is processed: they wait, are refused as `in-progress`, or either. */
  readonly inFlightDuplicates: 'wait' | 'refuse' | 'either';
  /** Whether a refused payment's key stays refused, so that a later try needs a new one. */
  readonly refusalsAreRemembered: boolean;
  /** Where too little balance is noticed. */
  readonly balanceIsCheckedAt: 'order' | 'payment';
  /** Where too little stock is noticed: at the order, or only when it is paid. */
  readonly stockIsCheckedAt: 'order' | 'payment';
  /** Where stock goes down. */
  readonly stockIsTakenAt: 'order' | 'payment';
  /**
   * Whether money, stock and order change in one transaction (`at-once`), or `in-steps`: then there are moments, while
   * a payment is under way, in which the money is gone and the order not paid yet.
   */
  readonly paymentsCommit: 'at-once' | 'in-steps';
  /** How often a racer that was refused as `in-progress` may try again before that counts as a failure. */
  readonly retriesOfARacer: number;
  readonly key: {
    /** Longest key in characters. */
    readonly maxLength: number;
    /** Requests that are refused without a key. */
    readonly requiredFor: readonly ('pay' | 'createOrder' | 'chargeBalance')[];
    /** Whether two users may use the same key text (`user`), or the whole target knows it only once (`everybody`). */
    readonly belongsTo: 'user' | 'everybody';
  };
  /**
   * Whether a refusal for balance or stock says how much was asked for and how much is there, as whole numbers (money
   * in the smallest unit), in its message or in fields of its own.
   */
  readonly refusalsStateAmounts: boolean;
  /** Whether an `Accept-Language: en` gets messages in English. */
  readonly speaksEnglish: boolean;
  /** For how long, in milliseconds, the API may show a balance that SQL has changed since; 0 without a cache. */
  readonly balancesAreCachedForMs: number;
  /** For how long, in milliseconds, the API may show a product as it was before an order or payment; 0 without a cache. */
  readonly productsAreCachedForMs: number;
}
