import { isRecord, parseJson, valueAt } from '../text/json.ts';
import { causeSaidIn } from './cause-said-in.ts';
import { errorText, plainText } from './error-text.ts';
import { namedReasons, phrasesOf, reasonsSaying } from './reasons-saying.ts';
import { statedAmounts, type StatedAmounts } from './stated-amounts.ts';
import { conflictReasons, statusesOf, type NamedReason, type RefusalReason } from '../profile/refusal-forms.ts';
import { refusalFormOf } from '../profile/refusal-form-of.ts';
import { errorPaths, type ErrorForm, type TargetProfile } from '../profile/target-profile.ts';

/** A refusal and its cause, as far as it names one. */
export interface Refusal extends StatedAmounts {
  readonly reason: RefusalReason;
  /** The part of the answer that named the cause: the code, the message, the status, or nothing (`unknown`). */
  readonly namedBy: 'code' | 'message' | 'status' | 'nothing';
  readonly status: number;
  readonly code?: string;
  readonly message?: string;
  /** The cause that the message names, where the code names the other one of balance and stock. */
  readonly contradictedBy?: 'balance' | 'stock';
}

/** Returns the amounts that a message states, money in the smallest unit. */
const amountsIn = ({ money }: TargetProfile, reason: RefusalReason, message: string): StatedAmounts => {
  if (reason === 'stock') return statedAmounts(reason, message);
  // Where answers write 2000 for 20.00, which of the two a message writes would be a guess.
  if (reason !== 'balance' || (money.decimals > 0 && money.inJson === 'minor-units')) return {};
  const { required, available } = statedAmounts(reason, message);
  const ofUnit = 10 ** money.decimals;
  return {
    ...(required !== undefined && { required: required * ofUnit }),
    ...(available !== undefined && { available: available * ofUnit }),
  };
};

/**
 * Classifies a refusal: by its code, by a phrase that the profile gives for its cause, then, for a conflict, by the
 * words of its message in Korean or English. Nothing is guessed: a conflict whose cause none of them names, or whose
 * message names two causes, is `unknown`.
 *
 * @param body the answer's text, JSON or not.
 */
export function classifyRefusal(profile: TargetProfile, status: number, body: string): Refusal {
  const json = parseJson(body);
  const said = (paths: ErrorForm['message']): string | undefined =>
    errorPaths(paths)
      .map((path) => errorText(valueAt(json, path)))
      .find((text) => text !== undefined);
  const code = said(profile.errors.code);
  const message = said(profile.errors.message) ?? (isRecord(json) ? undefined : plainText(json, body));
  const base = { status, ...(code !== undefined && { code }), ...(message !== undefined && { message }) };
  const spoken = saidIn(profile, message ?? '');
  const phrased = reasonsSaying(profile, message);
  const byCode = code === undefined ? undefined : reasonOfCode(profile, { code, status, spoken, phrased });
  if (byCode) {
    // The words of the other causes overlap in correct messages ("already being paid"); those of these two do not.
    const isMeant = spoken === byCode || phrased.includes(byCode);
    const contradicted = !isMeant && isDataCause(spoken) && isDataCause(byCode);
    const amounts = amountsIn(profile, byCode, message ?? '');
    return { reason: byCode, namedBy: 'code', ...base, ...amounts, ...(contradicted && { contradictedBy: spoken }) };
  }
  if (status >= 500) return { reason: 'server-error', namedBy: 'status', ...base };
  // Only conflicts are classified by their words: any other status is unambiguous.
  const isConflict = status === 409 || status === 422 || conflictStatuses(profile).includes(status);
  const byMessage = oneOf(profile, phrased, status) ?? (isConflict ? spoken : undefined);
  if (byMessage)
    return { reason: byMessage, namedBy: 'message', ...base, ...amountsIn(profile, byMessage, message ?? '') };
  const byStatus = code === undefined && phrased.length === 0 ? reasonsOfStatus(profile, status) : [];
  const [only] = byStatus.length === 1 ? byStatus : [];
  if (only) return { reason: only, namedBy: 'status', ...base };
  return { reason: 'unknown', namedBy: 'nothing', ...base };
}

interface Told {
  readonly code: string;
  readonly status: number;
  /** The conflict that the words of the message name. */
  readonly spoken: RefusalReason | undefined;
  /** The reasons whose phrases are in the message. */
  readonly phrased: readonly NamedReason[];
}

/**
 * Returns the reason that a code means. Reasons that share a code are told apart by the message: by their phrases, then
 * by the words of a conflict. What is left is for the one that is no conflict and has no phrases.
 */
const reasonOfCode = (profile: TargetProfile, { code, status, spoken, phrased }: Told): NamedReason | undefined => {
  const reasons = namedReasons(profile).filter((reason) => refusalFormOf(profile, reason).codes.includes(code));
  if (reasons.length <= 1) return reasons[0];
  const said = oneOf(
    profile,
    reasons.filter((reason) => phrased.includes(reason)),
    status,
  );
  const rest = reasons.filter((reason) => phrasesOf(profile, reason).length === 0);
  return said ?? reasons.find((reason) => reason === spoken) ?? general(rest);
};

/** Returns the reason that stands for several which a refusal may mean alike; undefined where that would be a guess. */
const oneOf = (profile: TargetProfile, reasons: readonly NamedReason[], status: number): NamedReason | undefined => {
  const ofStatus = reasons.filter((reason) => statusesOf(refusalFormOf(profile, reason)).includes(status));
  const likely = ofStatus.length > 0 ? ofStatus : reasons;
  return likely.length <= 1 || !likely.some(isDataCause) ? (general(likely) ?? likely[0]) : general(likely);
};

/** Returns the most general of those that are no conflicts. */
const general = (reasons: readonly NamedReason[]): NamedReason | undefined => {
  const others = reasons.filter((reason) => !isConflictReason(reason));
  return others.find((reason) => reason === 'invalid-input') ?? others[0];
};

/**
 * Returns whether a refusal may mean a reason beside the one that it is classified as: where several have one phrase, or,
 * as far as they are no conflicts, one code or, without codes, one status.
 */
export function mayMean(profile: TargetProfile, refusal: Refusal, reason: NamedReason): boolean {
  const { namedBy, code, status, message } = refusal;
  const form = refusalFormOf(profile, reason);
  if (phrasesOf(profile, reason).length > 0) {
    const isOfCode = namedBy === 'message' || (namedBy === 'code' && code !== undefined && form.codes.includes(code));
    return isOfCode && reasonsSaying(profile, message).includes(reason);
  }
  if (isConflictReason(reason)) return false;
  if (namedBy === 'code') return code !== undefined && form.codes.includes(code);
  return namedBy === 'nothing' && form.codes.length === 0 && statusesOf(form).includes(status);
}

const conflictStatuses = (profile: TargetProfile): number[] =>
  conflictReasons
    .filter((reason) => reason !== 'declined' || isDeclining(profile))
    .flatMap((reason) => [...statusesOf(refusalFormOf(profile, reason))]);

/** Returns whether there is a gateway that may decline. */
const isDeclining = ({ gateway, refusals }: TargetProfile): boolean =>
  gateway !== undefined || refusals.declined !== undefined;

/** Returns the conflict that a message names; without a gateway nothing is declined. */
const saidIn = (profile: TargetProfile, message: string): RefusalReason | undefined => {
  const reason = causeSaidIn(message);
  return reason === 'declined' && !isDeclining(profile) ? undefined : reason;
};

/**
 * Returns the reasons that a status alone may mean where the target sends no codes; conflicts must name their cause.
 */
const reasonsOfStatus = (profile: TargetProfile, status: number): NamedReason[] =>
  namedReasons(profile).filter((reason) => {
    const form = refusalFormOf(profile, reason);
    const isLeft = form.codes.length === 0 && phrasesOf(profile, reason).length === 0;
    return isLeft && !isConflictReason(reason) && statusesOf(form).includes(status);
  });

const isConflictReason = (reason: RefusalReason): boolean => conflictReasons.some((conflict) => conflict === reason);

const isDataCause = (reason: RefusalReason | undefined): reason is 'balance' | 'stock' =>
  reason === 'balance' || reason === 'stock';
