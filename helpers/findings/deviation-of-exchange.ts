import { describeAnswer, type Exchange } from '../api/exchange.ts';
import { startUpper } from '../text/start-upper.ts';
import { describeField } from '../text/describe-field.ts';
import { isRecord } from '../text/json.ts';
import type { NamedReason } from '../profile/refusal-forms.ts';
import { statusesOf } from '../profile/refusal-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { callIn } from './call-in.ts';
import { isChanging } from './call-words.ts';
import { circumstanceOf } from './circumstance-of.ts';
import type { Circumstance } from './circumstances.ts';
import type { Deviation } from './deviation.ts';
import type { Expectation } from './expectation.ts';
import { kinds, type Kind } from './kinds.ts';

/** What it means that a request succeeded which should have been refused for a reason. */
const acceptedInstead: Readonly<Partial<Record<NamedReason, Kind>>> = {
  balance: 'overspent',
  stock: 'oversold',
  'key-reuse': 'key-not-bound-to-request',
  'order-state': 'order-state-broken',
  'foreign-order': 'paid-foreign-order',
};

const field = ({ answer }: Exchange, name: string): unknown => (isRecord(answer) ? answer[name] : undefined);

const differs = (one: Exchange, other: Exchange, name: string): boolean => {
  const [said, before] = [field(one, name), field(other, name)];
  return said !== undefined && before !== undefined && said !== before;
};

const kindOfReplay = (exchange: Exchange, original: Exchange): Kind => {
  if (exchange.outcome === 'refused') return 'replay-refused';
  if (original.outcome !== 'ok') return 'valid-request-refused';
  if (exchange.name === 'pay' && differs(exchange, original, 'orderId')) return 'keys-confused';
  const id = exchange.name === 'pay' ? 'paymentId' : 'orderId';
  if (exchange.name !== 'chargeBalance' && differs(exchange, original, id)) return 'replay-executed';
  return 'replay-differs';
};

const refusedInstead = (circumstance: Circumstance): Kind => {
  if (circumstance === 'replay' || circumstance === 'after-lost-answer') return 'replay-refused';
  return circumstance === 'after-refusal' ? 'key-burnt' : 'valid-request-refused';
};

/** What was promised of an exchange, and what is wrong with it. */
export interface JudgedExchange {
  readonly expectation: Expectation;
  readonly expected: string;
  readonly problems: readonly string[];
}

/** Returns the kind of the breach; undefined where the exchange alone does not tell. */
function kindOf(
  profile: TargetProfile,
  exchange: Exchange,
  { expectation, problems }: JudgedExchange,
  circumstance: Circumstance,
  promised: Kind,
): Kind | undefined {
  const { outcome, refusal, malformed } = exchange;
  if (outcome === 'unknown') return 'no-answer';
  if (refusal?.reason === 'server-error') return 'server-error';
  if (expectation.of === 'replay') return malformed ? 'malformed-answer' : kindOfReplay(exchange, expectation.original);
  if (expectation.of === 'refusal') {
    if (!refusal) {
      const [reason] = expectation.reasons;
      // Whose key it is was the question, and not whose order.
      if (underUsedKey.includes(circumstance) && expectation.reasons.includes('key-reuse')) {
        return promised === 'keys-confused' ? promised : 'key-not-bound-to-request';
      }
      if (!isChanging(exchange.name) && reason === 'foreign-order') return 'shown-to-a-stranger';
      return (reason && acceptedInstead[reason]) ?? 'bad-input-accepted';
    }
    const reason = expectation.reasons.find((one) => one === refusal.reason);
    if (!reason) return 'wrong-cause';
    return statusesOf(profile.refusals[reason]).includes(refusal.status) ? 'wrong-content' : 'wrong-status';
  }
  if (refusal) return expectation.of === 'one-effect' ? 'replay-refused' : refusedInstead(circumstance);
  if (problems.some((problem) => problem.startsWith('it describes order'))) return 'keys-confused';
  if (problems.some((problem) => problem.startsWith('it belongs to user'))) return 'shown-to-a-stranger';
  if (malformed) return malformed.some((line) => line.startsWith('status ')) ? 'wrong-status' : 'malformed-answer';
  return undefined;
}

/** Returns under which key a request was sent, and which other one came before it. */
const spellingOf = ({ idempotencyKey: key, sentAtMs }: Exchange, all: readonly Exchange[]): string => {
  const before = all.findLast((one) => one.sentAtMs < sentAtMs && one.idempotencyKey !== key && isChanging(one.name));
  const other = before?.idempotencyKey === undefined ? '' : `, after ${describeField(before.idempotencyKey)}`;
  return ` (under ${key === undefined ? 'no key' : `the key ${describeField(key)}`}${other})`;
};

const placeOf = (name: 'at' | 'original', exchange: Exchange, all: readonly Exchange[]): Partial<Deviation> => {
  const place = all.indexOf(exchange);
  return place < 0 ? {} : { [name]: place };
};

/** Returns what was promised and seen; of an answer that is wrong in its form, what is wrong with it. */
const sentenceOf = (exchange: Exchange, { expectation, expected, problems }: JudgedExchange): string => {
  const { malformed = [] } = exchange;
  if (expectation.of === 'success' && malformed.length > 0) return `the answer has ${malformed.join('; ')}`;
  // Its body is long, is in the evidence, and would hide what came instead.
  const promised = expectation.of === 'replay' ? 'the original answer again' : expected;
  const also = problems.length > 0 ? ` (${problems.join('; ')})` : '';
  return `promised ${promised}, seen ${describeAnswer(exchange)}${also}`;
};

const underUsedKey: readonly Circumstance[] = ['key-reuse', 'in-flight-other-body', 'in-flight-other-user'];

/**
 * What an answer says is no proof that money or goods are gone, which the tables show, and an answer to what had to
 * succeed is no acceptance of what had to be refused.
 */
const contentKind = (kind: Kind, { name }: Exchange): Kind => {
  if (kind === 'stale-view') return isChanging(name) ? 'wrong-content' : kind;
  return kind === 'replay-differs' || kinds[kind].severity === 'minor' ? kind : 'wrong-content';
};

/**
 * Returns the breach that an exchange is.
 *
 * @param all the requests of the test, in the order in which they were sent
 * @param fallback what it is where the exchange alone does not tell, and its circumstance where that is the simplest
 */
export function deviationOfExchange(
  profile: TargetProfile,
  exchange: Exchange,
  judged: JudgedExchange,
  all: readonly Exchange[],
  fallback: {
    readonly kind: Kind;
    readonly circumstance: Circumstance;
    /** Whether the spelling of keys is what is tried. */
    readonly isOfSpelling?: boolean;
  },
): Deviation {
  const found = circumstanceOf(exchange, all);
  // A bad value is as bad after the refusal of another one.
  const isOfValue = found === 'after-refusal' && fallback.circumstance === 'boundary';
  const circumstance = found === 'once' || isOfValue ? fallback.circumstance : found;
  const { name, response, refusal } = exchange;
  const kind = kindOf(profile, exchange, judged, found, fallback.kind) ?? contentKind(fallback.kind, exchange);
  const spelling = fallback.isOfSpelling ? spellingOf(exchange, all) : '';
  const what = startUpper(`${callIn(name, circumstance)}${spelling}`);
  return {
    kind,
    call: name,
    circumstance,
    ...(response && { status: response.status }),
    ...(refusal?.code !== undefined && { code: refusal.code }),
    sentence: `${what}: ${sentenceOf(exchange, judged)}.`,
    numbers: {},
    details: [],
    ...placeOf('at', exchange, all),
    ...(judged.expectation.of === 'replay' && placeOf('original', judged.expectation.original, all)),
  };
}
