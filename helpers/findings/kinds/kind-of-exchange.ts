import type { Exchange } from '../../api/answers/exchange.ts';
import { takesKey } from '../../profile/key-carriage.ts';
import { statusesOf, type NamedReason } from '../../profile/refusal-forms.ts';
import { refusalFormOf } from '../../profile/refusal-form-of.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { isRecord } from '../../text/json.ts';
import { isChanging } from './call-words.ts';
import type { Circumstance } from './circumstances.ts';
import type { Expectation } from '../deviations/expectation.ts';
import { kinds, type Kind } from './kinds.ts';
import { isRefusalAsSuccess } from '../deviations/wrong-answers.ts';

const ofRepetition: readonly Circumstance[] = ['replay', 'after-lost-answer', 'interrupted'];

/** What had its key before was the same request, or one that was refused. */
const ofSameKey: readonly Circumstance[] = [...ofRepetition, 'after-refusal', 'concurrent'];

const underUsedKey: readonly Circumstance[] = ['key-reuse', 'in-flight-other-body', 'in-flight-other-user'];

/** What it means that a request succeeded which should have been refused for a reason. */
const acceptedInstead: Readonly<Partial<Record<NamedReason, Kind>>> = {
  balance: 'overspent',
  stock: 'oversold',
  'key-reuse': 'key-not-bound-to-request',
  'order-state': 'order-state-broken',
  'foreign-order': 'paid-foreign-order',
  declined: 'paid-without-charge',
};

const field = ({ answer }: Exchange, name: string): unknown => (isRecord(answer) ? answer[name] : undefined);

const differs = (one: Exchange, other: Exchange, name: string): boolean => {
  const [said, before] = [field(one, name), field(other, name)];
  return said !== undefined && before !== undefined && said !== before;
};

/**
 * Returns whether a request was refused as in progress when nothing like it was: a call that takes keys may still hold the
 * key of what came before.
 */
const isTakenForDuplicate = (isKeyed: boolean, circumstance: Circumstance, reason: string | undefined): boolean =>
  reason === 'in-progress' && (isKeyed ? !ofSameKey.includes(circumstance) : circumstance !== 'concurrent');

const kindOfReplay = (exchange: Exchange, original: Exchange): Kind => {
  if (exchange.outcome === 'refused') return 'replay-refused';
  if (original.outcome !== 'ok') return 'valid-request-refused';
  if (exchange.name === 'pay' && differs(exchange, original, 'orderId')) return 'keys-confused';
  const id = exchange.name === 'pay' ? 'paymentId' : 'orderId';
  if (exchange.name !== 'chargeBalance' && differs(exchange, original, id)) return 'replay-executed';
  return 'replay-differs';
};

const refusedInstead = (circumstance: Circumstance, reason: string, isKeyed: boolean): Kind => {
  if (isTakenForDuplicate(isKeyed, circumstance, reason)) return 'taken-for-duplicate';
  // No other request had its key, or one of which it is promised that its keys are others.
  if (reason === 'key-reuse' && !ofSameKey.includes(circumstance)) return 'key-mistaken';
  // What was rolled back has left its key behind.
  if (circumstance === 'interrupted' && (reason === 'in-progress' || reason === 'key-reuse')) return 'key-burnt';
  if (ofRepetition.includes(circumstance)) return 'replay-refused';
  return circumstance === 'after-refusal' && isKeyed ? 'key-burnt' : 'valid-request-refused';
};

/** What was promised of an exchange, and what is wrong with it. */
export interface JudgedExchange {
  readonly expectation: Expectation;
  readonly expected: string;
  readonly problems: readonly string[];
}

function kindOf(
  profile: TargetProfile,
  exchange: Exchange,
  { expectation, problems }: JudgedExchange,
  circumstance: Circumstance,
  promised: Kind,
): Kind | undefined {
  const { outcome, refusal, malformed } = exchange;
  const isKeyed = takesKey(profile, exchange.name);
  if (outcome === 'unknown') return 'no-answer';
  if (refusal?.reason === 'server-error') return 'server-error';
  if (isRefusalAsSuccess(profile, exchange)) return 'refusal-as-success';
  if (!isKeyed && isTakenForDuplicate(isKeyed, circumstance, refusal?.reason)) return 'taken-for-duplicate';
  if (expectation.of === 'replay') return malformed ? 'malformed-answer' : kindOfReplay(exchange, expectation.original);
  if (expectation.of === 'refusal') {
    if (!refusal) {
      const [reason] = expectation.reasons;
      // Whose key it is was the question, and not whose order.
      if (underUsedKey.includes(circumstance) && expectation.reasons.includes('key-reuse')) {
        return promised === 'keys-confused' ? promised : 'key-not-bound-to-request';
      }
      if (!isChanging(exchange.name) && reason === 'foreign-order') return 'shown-to-a-stranger';
      // Nothing is sold before the payment, which may refuse it yet.
      const isSold = exchange.name !== 'createOrder' || profile.policies.stockIsTakenAt === 'order';
      if (reason === 'stock' && !isSold) return 'order-beyond-stock';
      return (reason && acceptedInstead[reason]) ?? 'bad-input-accepted';
    }
    const reason = expectation.reasons.find((one) => one === refusal.reason);
    // Nothing of its key is in flight any more: what was refused has left the key behind.
    if (!reason && refusal.reason === 'in-progress' && circumstance === 'after-refusal') return 'key-burnt';
    // What has been answered with a success is not in progress, whatever else its repetition may be refused for.
    if (!reason && refusal.reason === 'in-progress' && circumstance === 'replay') return 'replay-refused';
    if (!reason) return 'wrong-cause';
    return statusesOf(refusalFormOf(profile, reason)).includes(refusal.status) ? 'wrong-content' : 'wrong-status';
  }
  if (refusal)
    return expectation.of === 'one-effect' ? 'replay-refused' : refusedInstead(circumstance, refusal.reason, isKeyed);
  if (problems.some((problem) => problem.startsWith('it describes order'))) return 'keys-confused';
  if (problems.some((problem) => problem.startsWith('it belongs to user'))) return 'shown-to-a-stranger';
  if (malformed) return malformed.some((line) => line.startsWith('status ')) ? 'wrong-status' : 'malformed-answer';
  return undefined;
}

/**
 * What an answer says is no proof that money or goods are gone, which the tables show, and an answer to what had to
 * succeed is no acceptance of what had to be refused.
 */
const contentKind = (kind: Kind, { name }: Exchange): Kind => {
  if (kind === 'stale-view') return isChanging(name) ? 'wrong-content' : kind;
  return kind === 'replay-differs' || kinds[kind].severity === 'minor' ? kind : 'wrong-content';
};

/**
 * Returns the kind of the breach that an exchange is.
 *
 * @param circumstance as the requests of the test tell
 * @param promised what a breach of the promise that is tried is, where the exchange alone does not tell
 */
export function kindOfExchange(
  profile: TargetProfile,
  exchange: Exchange,
  judged: JudgedExchange,
  circumstance: Circumstance,
  promised: Kind,
): Kind {
  return kindOf(profile, exchange, judged, circumstance, promised) ?? contentKind(promised, exchange);
}
