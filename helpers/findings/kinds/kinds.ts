/** How bad a breach is: money or goods gone or in the wrong hands; a retry that is unsafe; form and wording. */
export const severities = ['critical', 'major', 'minor'] as const;
export type Severity = (typeof severities)[number];

/**
 * What a breach, a promise or a fault is about: keys and requests that come again; balances, amounts and what is paid;
 * stock, and orders as they are placed, shown and cancelled; the form of answers, and whether there is one.
 */
export const families = ['idempotency', 'money', 'stock', 'contract'] as const;
export type Family = (typeof families)[number];

interface KindOfBreach {
  readonly severity: Severity;
  readonly family: Family;
  /** The breach in a few words, where no numbers are known. @example 'one order was charged twice' */
  readonly words: string;
  /** Why it matters to whoever owns the API, one sentence. */
  readonly why: string;
}

/** Every kind of breach that a deviation may be, the worst ones first. */
export const kinds = {
  'charged-twice': {
    severity: 'critical',
    family: 'idempotency',
    words: 'one order was paid more than once',
    why: 'A customer whose retry or double click races loses money, and nobody is told.',
  },
  'debited-without-payment': {
    severity: 'critical',
    family: 'money',
    words: 'money left a balance without a payment for it',
    why: 'Money is gone from the customer that no payment in the books accounts for.',
  },
  'paid-without-debit': {
    severity: 'critical',
    family: 'money',
    words: 'a payment was made that no balance was debited for',
    why: 'Goods are given away: the books show a payment that nobody has paid.',
  },
  'charged-without-payment': {
    severity: 'critical',
    family: 'money',
    words: 'the gateway charged for a payment that does not exist',
    why: 'The customer has paid at the gateway, and the shop knows nothing of it: no goods, and nobody gives it back.',
  },
  'paid-without-charge': {
    severity: 'critical',
    family: 'money',
    words: 'a payment was told or booked that the gateway was never charged for',
    why: 'Goods are given away: what is held for paid, the gateway has taken no money for.',
  },
  'wrong-amount': {
    severity: 'critical',
    family: 'money',
    words: 'another amount was charged than the order says',
    why: 'The customer pays another price than the one that was agreed on when the order was placed.',
  },
  'top-up-lost': {
    severity: 'critical',
    family: 'money',
    words: 'a top-up that was answered is not in the balance',
    why: 'Money that the customer has put in is gone.',
  },
  'balance-split': {
    severity: 'critical',
    family: 'money',
    words: 'one user has several balances',
    why: 'Money goes into one of them and is looked for in another: it seems gone, and requests that expect one balance fail.',
  },
  'topped-up-twice': {
    severity: 'critical',
    family: 'idempotency',
    words: 'one top-up was added more than once, or money appeared from nowhere',
    why: 'Money is made out of nothing: a retry is enough.',
  },
  overspent: {
    severity: 'critical',
    family: 'money',
    words: 'more was paid than the balance holds',
    why: 'Customers spend money that they do not have.',
  },
  'below-zero': {
    severity: 'critical',
    family: 'money',
    words: 'a balance went below zero',
    why: 'Customers spend money that they do not have.',
  },
  'refund-lost': {
    severity: 'critical',
    family: 'money',
    words: 'a cancellation did not give back what the order had taken',
    why: 'What was taken for an order that is cancelled is gone.',
  },
  'refunded-too-much': {
    severity: 'critical',
    family: 'money',
    words: 'a cancellation gave back more than the order had taken',
    why: 'Money is made out of nothing: ordering and cancelling is enough.',
  },
  oversold: {
    severity: 'critical',
    family: 'stock',
    words: 'more pieces were sold than there are',
    why: 'Customers have paid for goods that do not exist.',
  },
  'order-beyond-stock': {
    severity: 'major',
    family: 'stock',
    words: 'an order was accepted that the stock cannot fill',
    why: 'Customers are told of it at the payment, or later, instead of when they order.',
  },
  'stock-leaked': {
    severity: 'critical',
    family: 'stock',
    words: 'stock and the orders that took it do not add up',
    why: 'Pieces vanish from the shop, or are sold twice, and no order says why.',
  },
  'paid-foreign-order': {
    severity: 'critical',
    family: 'money',
    words: "one user paid or changed another user's order",
    why: "Whoever knows or guesses an order's id can act on it.",
  },
  'client-decides': {
    severity: 'critical',
    family: 'money',
    words: 'a field that the client has no say in decided over money, goods or whose they are',
    why: 'Whoever adds or changes a field of a request sets their own price, or spends from an account that is not theirs.',
  },
  'seen-half-done': {
    severity: 'major',
    family: 'money',
    words: 'money or stock was seen half way through a request',
    why: 'A crash in that moment leaves it so, and whoever looks decides on what is not true yet.',
  },
  'shown-to-a-stranger': {
    severity: 'critical',
    family: 'contract',
    words: "one user was shown another user's data",
    why: 'Data of one customer is given to another one.',
  },
  'answered-but-not-written': {
    severity: 'critical',
    family: 'money',
    words: 'an answer promised what the tables do not hold',
    why: 'The customer was told that it is done, and it is not.',
  },
  'written-but-not-answered': {
    severity: 'critical',
    family: 'money',
    words: 'the tables hold what no answer told',
    why: 'Something took effect that the client was refused or never told: its retry does it again.',
  },
  'order-inconsistent': {
    severity: 'critical',
    family: 'money',
    words: 'an order, its lines and its payment contradict one another',
    why: 'The books cannot be trusted: whoever reads another table sees another truth.',
  },
  'order-state-broken': {
    severity: 'critical',
    family: 'money',
    words: 'an order was paid or cancelled that could no longer be',
    why: 'A cancelled order is paid for, or a paid one cancelled, and goods or money are gone.',
  },
  'keys-confused': {
    severity: 'critical',
    family: 'idempotency',
    words: 'a key was answered with what belongs to another key',
    why: 'A payment is reported as made that never was: the order stays unpaid, or is paid in the wrong name.',
  },
  'key-not-bound-to-request': {
    severity: 'major',
    family: 'idempotency',
    words: 'a used key was accepted for another request',
    why: 'A client that reuses a key by mistake is told that a request was done that was not.',
  },
  'key-mistaken': {
    severity: 'major',
    family: 'idempotency',
    words: 'a request under a key of its own was refused as if the key had been used',
    why: 'Customers who do everything right are turned away, because the key of another request is taken for theirs.',
  },
  'taken-for-duplicate': {
    severity: 'major',
    family: 'idempotency',
    words: 'a request was refused as a duplicate although no other one like it was under way',
    why: 'Customers who do everything right are turned away: what somebody else sends, or what is over, is taken for theirs.',
  },
  'replay-refused': {
    severity: 'major',
    family: 'idempotency',
    words: 'a repeated request was refused instead of answered with the original',
    why: 'A client whose answer was lost cannot find out that it has paid, and pays again with a new key.',
  },
  'replay-differs': {
    severity: 'major',
    family: 'idempotency',
    words: "a repeated request was not answered with the original's answer",
    why: 'A client that retries is told something else than what happened.',
  },
  'replay-executed': {
    severity: 'critical',
    family: 'idempotency',
    words: 'a repeated request was carried out once more',
    why: 'A retry does the same thing twice.',
  },
  'key-burnt': {
    severity: 'major',
    family: 'idempotency',
    words: 'a refused or failed request left its key unusable',
    why: 'A retry with the same key, which should succeed now, never will.',
  },
  'valid-request-refused': {
    severity: 'major',
    family: 'money',
    words: 'a valid request was refused',
    why: 'Customers who do everything right are turned away.',
  },
  'server-error': {
    severity: 'major',
    family: 'contract',
    words: 'the API failed with a server error',
    why: 'A client cannot know whether it took effect, and has to retry.',
  },
  'no-answer': {
    severity: 'major',
    family: 'contract',
    words: 'no answer came',
    why: 'A client waits in vain, cannot know whether it took effect, and has to retry.',
  },
  'refusal-as-success': {
    severity: 'major',
    family: 'contract',
    words: 'a refusal was answered with the status of a success',
    why: 'A client that goes by the status takes for done what never happened, and never tries again.',
  },
  'wrong-cause': {
    severity: 'major',
    family: 'contract',
    words: 'a refusal named another cause than the true one',
    why: 'A client does the wrong thing next: it tops up where stock is missing, or retries what can never succeed.',
  },
  'bad-input-accepted': {
    severity: 'major',
    family: 'contract',
    words: 'an invalid request was accepted',
    why: 'Whoever sends a wrong value, by mistake or on purpose, gets or sees what should not exist: an order, a payment, a balance.',
  },
  'order-incomplete': {
    severity: 'major',
    family: 'stock',
    words: 'an order without lines, or lines without their order, were left behind',
    why: 'Whoever counts orders or pieces by such rows counts what nobody has ordered.',
  },
  'stale-view': {
    severity: 'minor',
    family: 'contract',
    words: 'the API shows another state than the tables hold',
    why: 'Customers and clients decide on what is no longer true.',
  },
  'wrong-status': {
    severity: 'minor',
    family: 'contract',
    words: 'an answer has another status than promised',
    why: 'Clients and monitoring that go by the status do the wrong thing.',
  },
  'malformed-answer': {
    severity: 'minor',
    family: 'contract',
    words: 'an answer has another form than promised',
    why: 'Clients that read the promised fields fail or show nothing.',
  },
  'wrong-content': {
    severity: 'minor',
    family: 'contract',
    words: 'an answer says something that is not so',
    why: 'Customers and clients decide on what is not true.',
  },
} as const satisfies Readonly<Record<string, KindOfBreach>>;

export type Kind = keyof typeof kinds;
const isKind = (name: string): name is Kind => name in kinds;
export const kindNames: readonly Kind[] = Object.keys(kinds).filter(isKind);
