/** The behaviour of this target where correct servers differ. */
export interface Policies {
  /** The answer to a repeated request with a completed key. */
  readonly replay: {
    readonly paymentStatus: number;
    readonly orderStatus: number;
    readonly chargeStatus: number;
    /** Header that marks a replay, if there is one. */
    readonly header?: { readonly name: string; readonly value: string };
    /** `bytes`: exactly the text of the original; `fields`: the same values, in any order and with additions. */
    readonly body: 'bytes' | 'fields';
  };
  /** In-flight duplicates: they wait for the first request, are refused as `in-progress`, or either. */
  readonly inFlightDuplicates: 'wait' | 'refuse' | 'either';
  /** True when the key of a refused payment stays refused, so that a retry needs a new one. */
  readonly refusalsAreRemembered: boolean;
  /** The call that refuses an insufficient balance. */
  readonly balanceIsCheckedAt: 'order' | 'payment';
  /** The call that decreases the balance. Default: the payment. A cancelled order then gives its total back. */
  readonly balanceIsTakenAt?: 'order' | 'payment';
  /**
   * `cancellable`: a paid order may be cancelled, which refunds it and gives its stock back, both of them once. Default:
   * that is refused as `order-state`.
   */
  readonly paidOrders?: 'final' | 'cancellable';
  /** `answered`: cancelling a cancelled order answers a success again, and changes nothing. Default: it is refused. */
  readonly secondCancellation?: 'refused' | 'answered';
  /**
   * Where balances are a table of their own: `with-user`: every user has a row there from the start, and one without is
   * never tried. Default: the row may be made on first use, and until then the balance is 0 or the user unknown.
   */
  readonly balanceRows?: 'on-first-use' | 'with-user';
  /** Largest amount of one top-up, in the smallest unit; more is refused. Default: no limit below that of the column. */
  readonly largestTopUp?: number;
  /**
   * `discounted`: coupons, points or discounts may make an order cheaper than its lines; a scenario whose order they
   * change does not apply. Default: the total is the cost of the lines.
   */
  readonly totals?: 'of-lines' | 'discounted';
  /** The call that refuses insufficient stock. */
  readonly stockIsCheckedAt: 'order' | 'payment';
  /** The call that decreases the stock. */
  readonly stockIsTakenAt: 'order' | 'payment';
  /**
   * `at-once`: money, stock and order change in one transaction; `in-steps`: there are moments during a payment in
   * which the money is debited and the order is not paid yet.
   */
  readonly paymentsCommit: 'at-once' | 'in-steps';
  /**
   * How long, in milliseconds, after a crash of the API a key whose request the crash has interrupted may be refused as
   * `in-progress`: until a lease on it is over, for instance. Default: 0, since the key's record was rolled back with it.
   */
  readonly keyTakeoverMs?: number;
  /**
   * For how many milliseconds a transaction of the target waits for a lock before it gives up, where that is set in its
   * sessions. Default: as long as the server lets new sessions wait (`innodb_lock_wait_timeout`).
   */
  readonly locksAreWaitedForMs?: number;
  /** Maximum number of retries of a racer that was refused as `in-progress`. */
  readonly retriesOfARacer: number;
  readonly key: {
    /** Maximum length of a key, in characters. */
    readonly maxLength: number;
    /** Requests that are refused without a key. */
    readonly requiredFor: readonly ('pay' | 'createOrder' | 'chargeBalance')[];
    /** `user`: two users may use the same key text; `everybody`: it is unique in the whole target. */
    readonly belongsTo: 'user' | 'everybody';
  };
  /**
   * True when a refusal for balance or stock states the required and the available amount, as whole numbers (money in
   * the smallest unit), in its message or in fields.
   */
  readonly refusalsStateAmounts: boolean;
  /** True when messages are in English for `Accept-Language: en`. */
  readonly speaksEnglish: boolean;
  /**
   * Maximum time in milliseconds for which the API shows a stale balance after a change; 0 without a cache. Nobody waits
   * for one of more than 10 s: what it hides is then not applicable.
   */
  readonly balancesAreCachedForMs: number;
  /**
   * Maximum time in milliseconds for which the API shows a stale product after an order or payment; 0 without a cache.
   */
  readonly productsAreCachedForMs: number;
}
