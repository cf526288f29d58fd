import type { CallName } from '../../api/answers/exchange.ts';
import { isCallName } from './call-words.ts';
import type { Circumstance } from './circumstances.ts';
import type { Deviation } from '../deviations/deviation.ts';
import { kinds, type Family, type Kind } from './kinds.ts';
import { familyOfPromise } from '../promises.ts';

/** What each call is about. */
const subjects: Readonly<Record<CallName, Family>> = {
  health: 'contract',
  getBalance: 'money',
  chargeBalance: 'money',
  pay: 'money',
  getProduct: 'stock',
  createOrder: 'stock',
  getOrder: 'stock',
  cancelOrder: 'stock',
};

/** What goes wrong because a request comes again is about idempotency. */
const ofKeys: readonly Circumstance[] = ['replay', 'after-lost-answer', 'after-crash'];

/** These are wrong in the books whether the request comes again or not. */
const ofBooks: readonly Kind[] = ['order-inconsistent', 'order-incomplete', 'wrong-amount', 'client-decides'];

/** The form of an answer is the same whatever was asked. */
const ofForm: readonly Kind[] = ['wrong-status', 'malformed-answer', 'wrong-cause', 'no-answer'];

const ofWhatIsAsked: readonly Kind[] = [
  'valid-request-refused',
  'answered-but-not-written',
  'written-but-not-answered',
];

/** They may be about anything: what the scenario tries tells more. */
const ofAnything: readonly Kind[] = [
  'server-error',
  'bad-input-accepted',
  'valid-request-refused',
  'answered-but-not-written',
  'written-but-not-answered',
  'shown-to-a-stranger',
  'wrong-content',
];

/** They are about what the call is about. */
const ofSubject: readonly Kind[] = ['stale-view', 'order-state-broken', 'paid-foreign-order'];

/**
 * Returns what a breach is about: most kinds have a family of their own, others that of the promise that their scenario
 * tries, or of their call.
 *
 * @param promise id of that promise
 */
export function familyOf({ kind, call, circumstance, at }: Deviation, promise?: string): Family {
  const { family } = kinds[kind];
  const subject = isCallName(call) ? subjects[call] : family;
  const tried = promise === undefined ? undefined : familyOfPromise(promise);
  // A request that comes after a lost one, and not again, tells nothing of keys.
  if (circumstance === 'after-lost-answer' && kind === 'valid-request-refused' && tried === 'contract') return tried;
  if (ofKeys.includes(circumstance) && !ofBooks.includes(kind)) return 'idempotency';
  // Where duplicates alone are tried, it is they that have moved what the tables lack.
  if (circumstance === 'concurrent' && kind === 'stock-leaked' && tried === 'idempotency') return tried;
  if (ofForm.includes(kind)) return tried === 'idempotency' ? tried : 'contract';
  // Whatever a value is for, it is refused or accepted, and not stumbled over.
  if (kind === 'server-error' && circumstance === 'boundary' && tried !== 'idempotency') return 'contract';
  // A promise about answers says nothing of what was asked for.
  if (ofWhatIsAsked.includes(kind) && (tried ?? 'contract') === 'contract') return subject;
  if (kind === 'wrong-content' && tried === 'money') {
    // An order is shown otherwise than it is, or a payment answered otherwise than it was made: no money has moved.
    if (call === 'getOrder' || call === 'cancelOrder') return subject;
    if (call === 'pay' && at !== undefined) return 'contract';
  }
  if (ofAnything.includes(kind)) return tried ?? family;
  return ofSubject.includes(kind) ? subject : family;
}
