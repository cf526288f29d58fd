import { offered } from '../../../profile/endpoint-forms.ts';
import { answeredField } from '../answered-field.ts';
import type { Kind } from '../../kinds/kinds.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted } from '../lines/shell-words.ts';
import { numbersOf, sentWith } from './alike.ts';
import { notedVerdict } from './answers/noted-verdict.ts';
import { sameValue, whereAnswered } from './answers/seen-value.ts';
import { typeVerdict } from './answers/type-verdict.ts';
import { formVerdict } from './form-verdict.ts';
import { replayVerdict } from './replay-verdict.ts';
import { dueRefusals, isExcluded } from './is-excluded.ts';
import { isSuccess, sameAnswer } from './same-answer.ts';

/** Breaches that are a success where there may be none. */
const accepted: readonly Kind[] = [
  ...(['overspent', 'oversold', 'key-not-bound-to-request', 'order-state-broken', 'paid-foreign-order'] as const),
  ...(['shown-to-a-stranger', 'bad-input-accepted', 'order-beyond-stock', 'paid-without-charge'] as const),
];

/** Breaches that are told by status and code. */
const named: readonly Kind[] = [
  ...(['wrong-cause', 'wrong-status', 'valid-request-refused', 'key-mistaken', 'taken-for-duplicate'] as const),
  ...(['replay-refused', 'key-burnt'] as const),
];

/** A request like this one may get the other's answer where they race. */
const isAlike = (one: ScriptedExchange, other: ScriptedExchange, { ids, keys }: ScriptContext): boolean => {
  const shape = ({ path, body = '' }: ScriptedExchange): string =>
    `${path} ${body}`.replaceAll(/\d+/g, (digits) => (digits.length > 3 ? '0' : digits));
  const isSameOrder = ids.orderOf(one) === ids.orderOf(other);
  return one === other || (isSameOrder && keys.ranges(one.body ?? '').length > 0) || shape(one) === shape(other);
};

/**
 * Returns the lines for a request that is told to be in progress however often it is sent again: until it is not. Where
 * several were sent at once, another one may be told so the next time.
 */
const settledVerdict = (seen: ScriptedExchange, context: ScriptContext): string[] | undefined => {
  const { profile, evidence } = context;
  const { code: path } = profile.errors;
  const code = path === undefined ? undefined : answeredField(seen.answer ?? '', path);
  const isAgain = evidence.exchanges.some(
    (one) => one.key === seen.key && one.path === seen.path && one.body === seen.body && one.endMs <= seen.sentAtMs,
  );
  if (path === undefined || code === undefined || !isAgain) return undefined;
  if (!profile.refusals['in-progress'].codes.includes(code)) return undefined;
  const last = new Map(
    evidence.exchanges
      .filter((one) => one.call === seen.call && isAlike(seen, one, context))
      .map((one) => [`${one.path} ${one.body ?? ''}`, one]),
  );
  const isSoAnswered = `[ "$(field "$number" ${quoted(path)})" = ${quoted(code)} ]`;
  return [
    `for number in ${numbersOf([...last.values()])}; do`,
    `  settle "$number" ${quoted(path)} ${quoted(code)}`,
    `  ! ${isSoAnswered} || { shows "request $number stays in progress, which it is not"; break; }`,
    'done',
  ];
};

const refusalAsSuccess = (seen: ScriptedExchange, { profile }: ScriptContext): string[] | undefined => {
  const { code: path } = profile.errors;
  const code = path === undefined ? undefined : answeredField(seen.answer ?? '', path);
  if (path === undefined || code === undefined) return undefined;
  const number = seen.place + 1;
  return [
    `! { succeeded ${number} && [ "$(field ${number} ${quoted(path)})" = ${quoted(code)} ]; } ||`,
    `  shows "request ${number} is refused with the status $(status ${number})"`,
  ];
};

const placeholder = /placeholder that nobody filled in: (.+?)\), promised /;
const noTime = /its body has no ([\w.]+) that is a time/;

const contentVerdict = (seen: ScriptedExchange, { finding, profile }: ScriptContext): string[] | undefined => {
  const number = seen.place + 1;
  const [, unfilled] = placeholder.exec(finding.sentence) ?? [];
  if (unfilled !== undefined && seen.answer?.includes(unfilled)) {
    return [`! body ${number} | grep -qF -- ${quoted(unfilled)} || shows "a placeholder that nobody filled in"`];
  }
  const [, time] = noTime.exec(finding.sentence) ?? [];
  const { timestamp } = profile.errors;
  if (time === undefined || timestamp === undefined || isSuccess(seen)) return undefined;
  const shown = answeredField(seen.answer ?? '', timestamp);
  // The first day of a calendar, which stands there where nobody has set a time.
  if (shown !== undefined && /^(?:000\d|1970)-01-01[T ]/.test(shown))
    return whereAnswered(seen, sameValue(seen, timestamp));
  if (shown !== undefined && /^\d{4}-\d\d-\d\d[T ]/.test(shown)) return undefined;
  return [
    `[ "$(status ${number})" != ${seen.status ?? 0} ] || field ${number} ${quoted(timestamp)} |`,
    `  grep -qE '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]' || shows 'the refusal says no time'`,
  ];
};

/**
 * Returns the lines that look whether an answer breaks the promise again; undefined where the evidence does not tell by
 * what.
 *
 * @param at place of the request whose answer broke it
 */
export function answerVerdict(context: ScriptContext, at: number): string[] | undefined {
  const { finding, evidence, profile, ids } = context;
  const { exchanges } = evidence;
  const seen = exchanges[at];
  if (!seen) return undefined;
  const { kind } = finding;
  const number = at + 1;
  const ofCall = exchanges.filter(({ call }) => call === seen.call);
  if (kind === 'server-error') {
    return [
      `for number in ${numbersOf(ofCall)}; do`,
      '  case $(status "$number") in 5??) shows "request $number is answered $(status "$number")" ;; esac',
      'done',
    ];
  }
  if (kind === 'no-answer' && seen.status === undefined)
    return [`[ "$(status ${number})" != 000 ] || shows 'no answer came'`];
  if (accepted.includes(kind) && isSuccess(seen) && dueRefusals(finding).length > 0) {
    return [`! succeeded ${number} || shows "request ${number} is answered $(status ${number})"`];
  }
  if (kind === 'refusal-as-success') return refusalAsSuccess(seen, context);
  if (named.includes(kind)) {
    if (!isExcluded(seen, context)) return undefined;
    const settled = settledVerdict(seen, context);
    if (settled) return settled;
    return [
      sameAnswer(
        seen,
        sentWith(seen, exchanges).filter((one) => isAlike(seen, one, context)),
        context,
      ),
    ];
  }
  const user = ids.userOf(seen);
  const { userId } = profile.endpoints.createOrder.answer;
  if (kind === 'shown-to-a-stranger' && seen.call === 'createOrder' && user && userId !== undefined) {
    return [
      `named=$(field ${number} ${quoted(userId)})`,
      `! succeeded ${number} || [ "$named" = "$${user.variable}" ] ||`,
      `  shows "user $${user.variable} is answered with the order of user $(printf '%s' "$named" | plain 40)"`,
    ];
  }
  const order = ids.orderOf(seen);
  const placing = order && exchanges.find(({ place }) => ids.orderNamedBy(place) === order);
  const owner = placing && ids.userOf(placing);
  // Whoever else may have the key: the order is not theirs.
  if (kind === 'keys-confused' && seen.call === 'pay' && isSuccess(seen) && user && owner && user !== owner) {
    return [
      `! succeeded ${number} || shows "user $${user.variable} is answered with the payment of user $${owner.variable}"`,
    ];
  }
  const orderId = offered(profile.endpoints.pay)?.answer.orderId;
  if (kind === 'keys-confused' && seen.call === 'pay' && order && orderId !== undefined) {
    return [
      `named=$(field ${number} ${quoted(orderId)})`,
      `! succeeded ${number} || [ "$named" = "$${order.variable}" ] ||`,
      `  shows "the payment of order $${order.variable} is answered with order $(printf '%s' "$named" | plain 40)"`,
    ];
  }
  if (kind === 'replay-differs' || kind === 'replay-executed')
    return replayVerdict(context, seen) ?? typeVerdict(context, seen);
  return kind === 'malformed-answer'
    ? (formVerdict(context, seen) ?? typeVerdict(context, seen))
    : (contentVerdict(seen, context) ?? notedVerdict(seen, context));
}
