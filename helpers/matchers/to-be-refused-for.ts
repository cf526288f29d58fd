import type { ExpectMatcherState, MatcherReturnType } from '@playwright/test';
import { mayMean } from '../refusals/classify-refusal.ts';
import { missingErrorFields } from '../api/answers/error-form.ts';
import type { Exchange } from '../api/answers/exchange.ts';
import { isRecord, parseJson } from '../text/json.ts';
import type { StatedAmounts } from '../refusals/stated-amounts.ts';
import { plainAmount } from '../profile/amount-in-words.ts';
import { currentTarget } from '../profile/current-target.ts';
import { conflictReasons, statusesOf, type NamedReason } from '../profile/refusal-forms.ts';
import { refusalFormOf } from '../profile/refusal-form-of.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { unstatedAmounts } from '../api/answers/unstated-amounts.ts';
import { matcherResult } from './matcher-result.ts';

// A template that was never rendered: {required}, ${amount}, %d, or JavaScript's text for a missing value.
const placeholder = /\{\w*\}|%[sd]\b|\bundefined\b|\bNaN\b|\[object \w*\]?/;

const unfilled = (message = ''): string[] =>
  (placeholder.exec(message) ?? []).map((name) => `its message has a placeholder that nobody filled in: ${name}`);

const isConflict = (reason: NamedReason): boolean => conflictReasons.some((conflict) => conflict === reason);

/** Returns how amounts of a refusal for some reasons are said: money as the target writes it, pieces as they are. */
const amountFor =
  (reasons: readonly NamedReason[], { money }: TargetProfile) =>
  (amount: number): string =>
    reasons.includes('balance') ? plainAmount(amount, money) : String(amount);

/** Returns every problem that keeps an exchange from being a refusal for one of the reasons with one of the amounts. */
export function refusalProblems(
  exchange: Exchange,
  reasons: readonly NamedReason[],
  amounts: StatedAmounts | readonly StatedAmounts[] = {},
  profile: TargetProfile = currentTarget(),
): string[] {
  const found = [amounts].flat().map((one) => problemsWith(exchange, reasons, one, profile));
  return found.find((problems) => problems.length === 0) ?? found[0] ?? [];
}

function problemsWith(
  exchange: Exchange,
  reasons: readonly NamedReason[],
  amounts: StatedAmounts,
  profile: TargetProfile,
): string[] {
  const { outcome, refusal } = exchange;
  if (outcome === 'unknown') return ['no answer says whether it was refused'];
  if (!refusal) return ['it was not refused'];
  const reason = reasons.find((one) => one === refusal.reason || mayMean(profile, refusal, one));
  if (!reason) {
    if (refusal.reason === 'server-error') return [`it failed inside (${refusal.status}) instead of refusing`];
    return [refusal.reason === 'unknown' ? 'its body names no known cause' : `its cause is ${refusal.reason}`];
  }
  const statuses = statusesOf(refusalFormOf(profile, reason));
  const inWords = amountFor([reason], profile);
  const wrongAmount = (name: 'required' | 'available'): string[] =>
    amounts[name] === undefined || refusal[name] === undefined || refusal[name] === amounts[name]
      ? []
      : [`it says ${name} ${inWords(refusal[name])}`];
  return [
    ...(statuses.includes(refusal.status)
      ? []
      : [`its status is ${refusal.status} instead of ${statuses.join(' or ')}`]),
    ...(refusal.contradictedBy
      ? [`its code means ${reason}, but its message speaks of ${refusal.contradictedBy}`]
      : []),
    // A plain sentence has no fields that could be missing.
    ...(isRecord(parseJson(exchange.response?.body ?? ''))
      ? missingErrorFields(exchange, profile).map((name) => `its body has no ${name}`)
      : []),
    // The message about an invalid input may rightly say "undefined".
    ...(isConflict(reason) ? unfilled(refusal.message) : []),
    ...wrongAmount('required'),
    ...wrongAmount('available'),
    ...(profile.policies.refusalsStateAmounts ? unstatedAmounts(exchange, amounts, profile.money) : []).map(
      (name) => `it does not say what was ${name}`,
    ),
  ];
}

/**
 * Passes when the exchange was refused for this reason, with the status that the profile gives it.
 *
 * @param reasons one reason, or several when several are true at once: any of them is accepted.
 * @param amounts the required and the available amount that the refusal must state: in the smallest unit for `balance`, pieces for
 *   `stock`; several where each is true, as for two lines of one product: any of them is accepted. A refusal that states
 *   none passes where the profile promises none.
 */
export function toBeRefusedFor(
  this: ExpectMatcherState,
  received: Exchange,
  reasons: NamedReason | readonly NamedReason[],
  amounts: StatedAmounts | readonly StatedAmounts[] = {},
): MatcherReturnType {
  const accepted = [reasons].flat();
  const inWords = amountFor(accepted, currentTarget());
  const said = [amounts]
    .flat()
    .map((one) => Object.entries({ ...one }).map(([name, amount]) => `${name} ${inWords(amount)}`))
    .map((named) => named.join(', '))
    .filter((text) => text !== '')
    .join(' or ');
  return matcherResult(this, 'toBeRefusedFor', received, {
    expectation: { of: 'refusal', reasons: accepted },
    expected: [
      `refused for ${accepted.map((reason) => `${reason} (${statusesOf(refusalFormOf(currentTarget(), reason)).join(', ')})`).join(' or ')}`,
      ...(said ? [said] : []),
    ].join(', '),
    problems: refusalProblems(received, accepted, amounts),
  });
}
