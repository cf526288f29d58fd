import { z } from 'zod';
import { count, keyedCall, status, word } from './forms/values.ts';

const orderOrPayment = z.enum(['order', 'payment']);

/** The behaviour of this target where correct servers differ, in the form in which a profile says it. */
export const policiesForm = z
  .strictObject({
    /** The answer to a repeated request with a completed key. */
    replay: z
      .strictObject({
        paymentStatus: status,
        orderStatus: status,
        chargeStatus: status,
        /** Header that marks a replay, if there is one. */
        header: z.strictObject({ name: word, value: z.string() }).readonly().optional(),
        /** `bytes`: exactly the text of the original; `fields`: the same values, in any order and with additions. */
        body: z.enum(['bytes', 'fields']),
      })
      .readonly(),
    /** In-flight duplicates: they wait for the first request, are refused as `in-progress`, or either. */
    inFlightDuplicates: z.enum(['wait', 'refuse', 'either']),
    /** True when the key of a refused payment stays refused, so that a retry needs a new one. */
    refusalsAreRemembered: z.boolean(),
    /** The call that refuses an insufficient balance. */
    balanceIsCheckedAt: orderOrPayment,
    /** The call that decreases the balance. Default: the payment. A cancelled order then gives its total back. */
    balanceIsTakenAt: orderOrPayment.optional(),
    /**
     * `cancellable`: a paid order may be cancelled, which refunds it and gives its stock back, both of them once. Default:
     * that is refused as `order-state`.
     */
    paidOrders: z.enum(['final', 'cancellable']).optional(),
    /** `answered`: cancelling a cancelled order answers a success again, and changes nothing. Default: it is refused. */
    secondCancellation: z.enum(['refused', 'answered']).optional(),
    /**
     * Where balances are a table of their own: `with-user`: every user has a row there from the start, and one without is
     * never tried. Default: the row may be made on first use, and until then the balance is 0 or the user unknown.
     */
    balanceRows: z.enum(['on-first-use', 'with-user']).optional(),
    /** Largest amount of one top-up, in the smallest unit; more is refused. Default: no limit below that of the column. */
    largestTopUp: count.optional(),
    /**
     * `read`: an amount in a text of digits (`"1000"`) counts as that number, as parsers of Java and Python take it by
     * default. Default: it is refused.
     */
    textAmounts: z.enum(['refused', 'read']).optional(),
    /**
     * `discounted`: coupons, points or discounts may make an order cheaper than its lines; a scenario whose order they
     * change does not apply. Default: the total is the cost of the lines.
     */
    totals: z.enum(['of-lines', 'discounted']).optional(),
    /** The call that refuses insufficient stock. */
    stockIsCheckedAt: orderOrPayment,
    /** The call that decreases the stock. */
    stockIsTakenAt: orderOrPayment,
    /**
     * `at-once`: money, stock and order change in one transaction; `in-steps`: there are moments during a payment in
     * which the money is debited and the order is not paid yet.
     */
    paymentsCommit: z.enum(['at-once', 'in-steps']),
    /**
     * How long, in milliseconds, after a crash of the API a key whose request the crash has interrupted may be refused as
     * `in-progress`: until a lease on it is over, for instance. Default: 0, since the key's record was rolled back with it.
     */
    keyTakeoverMs: count.optional(),
    /**
     * For how many milliseconds a transaction of the target waits for a lock before it gives up, where that is set in its
     * sessions. Default: as long as the server lets new sessions wait (`innodb_lock_wait_timeout`).
     */
    locksAreWaitedForMs: z.int().positive().optional(),
    /** Maximum number of retries of a racer that was refused as `in-progress`. */
    retriesOfARacer: count,
    key: z
      .strictObject({
        /** Maximum length of a key, in characters. */
        maxLength: z.int().positive(),
        /** Requests that are refused without a key. */
        requiredFor: z.array(keyedCall).readonly(),
        /** `user`: two users may use the same key text; `everybody`: it is unique in the whole target. */
        belongsTo: z.enum(['user', 'everybody']),
      })
      .readonly(),
    /**
     * True when a refusal for balance or stock states the required and the available amount, as whole numbers (money in
     * the smallest unit), in its message or in fields.
     */
    refusalsStateAmounts: z.boolean(),
    /** True when messages are in English for `Accept-Language: en`. */
    speaksEnglish: z.boolean(),
    /**
     * Maximum time in milliseconds for which the API shows a stale balance after a change; 0 without a cache. Nobody waits
     * for one of more than 10 s: what it hides is then not applicable.
     */
    balancesAreCachedForMs: count,
    /**
     * Maximum time in milliseconds for which the API shows a stale product after an order or payment; 0 without a cache.
     */
    productsAreCachedForMs: count,
  })
  .readonly();

export type Policies = z.infer<typeof policiesForm>;
