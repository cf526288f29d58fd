import { isDeepStrictEqual } from 'node:util';
import type { PaymentAnswer } from '../../api/answers/answers.ts';
import { maxShownLength, shownBody, type Exchange, type ReceivedResponse } from '../../api/answers/exchange.ts';
import { deviationOfExchange } from '../../findings/deviations/deviation-of-exchange.ts';
import type { JudgedExchange } from '../../findings/kinds/kind-of-exchange.ts';
import { parseJson } from '../../text/json.ts';
import { isUnsettled } from '../../api/resend-until-settled.ts';
import { amountInWords } from '../../profile/amount-in-words.ts';
import type { Policies } from '../../profile/policies.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { causeOf } from '../measure/cause-of.ts';
import type { IterationOutcome, IterationParts, PlacedOrder } from './iteration-parts.ts';
import { afterCrash, noteStuckKey } from './stuck-key.ts';

const isSettled = (exchange: Exchange): boolean => !isUnsettled(exchange);

/**
 * Holds the answers to all payments of an order, which had one key, against one another, and counts what came of it.
 *
 * @param answers in the order in which the payments were sent.
 */
export function verifyPayments(
  parts: IterationParts,
  { order: placedOrder }: PlacedOrder,
  answers: readonly Exchange<PaymentAnswer>[],
): IterationOutcome {
  const { profile, flow, measurements, crashes } = parts;
  const original = answers.find(({ outcome }) => outcome === 'ok');
  if (!original) {
    if (noteStuckKey(parts, 'idempotency_verification_failure', answers)) return 'broken-promise';
    const settled = answers.find(isSettled);
    // A 5xx says nothing of what became of an earlier request whose answer was lost.
    const isOpen = answers.every((answer) => !isSettled(answer) || answer.refusal?.reason === 'server-error');
    if (isOpen && answers.some(({ outcome }) => outcome === 'unknown')) measurements.add('unknown_left');
    return causeOf(
      settled ?? answers[0] ?? { name: 'pay', request: noRequest, outcome: 'unknown', sentAtMs: 0, durationMs: 0 },
    );
  }
  measurements.add('payments_made');
  if (answers[0]?.outcome === 'unknown') measurements.add('unknown_resolved');
  const { answer } = original;
  if (
    !answer ||
    original.malformed ||
    answer.orderId !== placedOrder.orderId ||
    (answer.paidAmount ?? placedOrder.totalAmount) !== placedOrder.totalAmount
  ) {
    const deviation = deviationOfExchange(
      profile,
      original,
      judgedPayment(profile, original, placedOrder),
      answers,
      underLoad,
    );
    const promise = `the payment of an order of ${amountInWords(placedOrder.totalAmount, profile.money)} is answered as another one`;
    measurements.breaks('idempotency_verification_failure', { deviation, promise }, original);
    return 'broken-promise';
  }
  // Who was sent along with the original, and waited, may well say what the original said.
  const atOnce = flow === 'pay-at-once';
  let faithful = true;
  let prevented = 0;
  let refused: Exchange | undefined;
  for (const duplicate of answers) {
    if (duplicate === original || duplicate.outcome === 'unknown') continue;
    measurements.add('duplicates_sent');
    if (duplicate.outcome === 'ok') {
      if (isReplay(profile, original, duplicate) && (atOnce || isMarked(profile, duplicate))) {
        measurements.add('duplicate_payments_prevented');
        prevented += 1;
        continue;
      }
    } else if (duplicate.refusal?.reason === 'in-progress') {
      measurements.add('idempotency_conflicts');
      prevented += 1;
      continue;
    } else if (isUnsettled(duplicate)) {
      continue;
    } else if (answers.indexOf(duplicate) < answers.indexOf(original)) {
      // Not of a completed key, so no replay; but that a repetition was paid does not undo the refusal.
      refused ??= duplicate;
      continue;
    }
    if (faithful) {
      const promise = brokenReplay(profile, duplicate);
      const judged = judgedReplay(original, duplicate, promise);
      const fallback = crashes?.outages.isBetween(original, duplicate) ? afterCrash : underLoad;
      const deviation = deviationOfExchange(profile, duplicate, judged, answers, fallback);
      measurements.breaks('idempotency_verification_failure', { deviation, promise }, original, duplicate);
    }
    faithful = false;
  }
  if (!faithful) return 'broken-promise';
  if (prevented === 0) {
    // All other answers were lost or came before the payment: no replay was seen, so nothing is verified.
    const failed = refused ?? answers.find((answer) => answer !== original);
    return failed && causeOf(failed);
  }
  measurements.add('idempotency_verification_success');
  return refused && causeOf(refused);
}

/** What is known of a request that is neither a replay nor a duplicate. */
export const underLoad = { kind: 'wrong-content', circumstance: 'under-load' } as const;

const judgedPayment = (
  { money }: TargetProfile,
  { answer, malformed = [] }: Exchange<PaymentAnswer>,
  { orderId, totalAmount }: PlacedOrder['order'],
): JudgedExchange => ({
  expectation: { of: 'success' },
  expected: `order ${orderId} paid with ${amountInWords(totalAmount, money)}`,
  problems: [
    ...malformed,
    ...(answer && answer.orderId !== orderId ? [`it describes order ${answer.orderId}`] : []),
    ...(answer?.paidAmount === undefined || answer.paidAmount === totalAmount
      ? []
      : [`it says ${amountInWords(answer.paidAmount, money)} were paid`]),
  ],
});

const judgedReplay = (original: Exchange, { outcome, response }: Exchange, promise: string): JudgedExchange => ({
  expectation: { of: 'replay', original },
  expected: 'the original answer',
  problems: [
    ...(outcome === 'ok' ? [`its body is ${shownBody(response?.body ?? '', maxShownLength.inError)}`] : []),
    promise,
  ],
});

const noRequest = { method: '', path: '', headers: {} };

const isReplay = ({ policies }: TargetProfile, original: Exchange, duplicate: Exchange): boolean => {
  const [first, second] = [original.response?.body, duplicate.response?.body];
  if (first === second) return true;
  return (
    policies.replay.body === 'fields' &&
    isDeepStrictEqual(original.answer, duplicate.answer) &&
    parseJson(second ?? '') !== undefined
  );
};

/** Tells if an answer has the status and the header of a replay. */
const isMarked = ({ policies: { replay } }: TargetProfile, { response }: Exchange): boolean =>
  response?.status === replay.paymentStatus && headerOf(replay, response) === replay.header?.value;

const headerOf = ({ header }: Policies['replay'], { headers }: ReceivedResponse): string | undefined =>
  header && headers[header.name.toLowerCase()];

const brokenReplay = ({ policies: { replay } }: TargetProfile, { response }: Exchange): string => {
  const { header, paymentStatus } = replay;
  const marks = header
    ? `status ${paymentStatus} and header ${header.name}: ${header.value}`
    : `status ${paymentStatus}`;
  const had = response && headerOf(replay, response);
  return (
    `a repeated payment is not answered as the original was, with ${marks}` +
    (header && had !== header.value ? ` (the header is ${had ?? 'missing'})` : '')
  );
};
