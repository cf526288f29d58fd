import { didYouMean } from '../../text/words/name-similarity.ts';
import { shownLine } from '../../text/shown-text.ts';
import { UserError } from '../../text/user-error.ts';
import { dayOf, isDay, type AcceptedFinding } from './accepted-findings.ts';
import type { Finding } from '../grouping/finding.ts';
import { signaturesOf } from '../grouping/signature.ts';

/** So many of the scenarios that showed it stand in the file: enough to see that it is fixed. */
const maxScenarios = 5;
const maxSentenceLength = 500;
const maxNames = 10;

const listOf = (ids: readonly string[]): string =>
  [...ids.slice(0, maxNames), ...(ids.length > maxNames ? [`… and ${ids.length - maxNames} more`] : [])].join(', ');

/** Why a finding is accepted, and for how long. */
export interface Acceptance {
  readonly why: string | undefined;
  /** Last day, as the user typed it. */
  readonly until: string | undefined;
}

const assertAcceptance = ({ why = '', until }: Acceptance, today: Date): void => {
  if (why.trim() === '') {
    throw new UserError('Say why it is accepted, for whoever reads it later: --why "clients poll, see SHOP-123".');
  }
  if (until === undefined) return;
  if (!isDay(until)) throw new UserError(`--until is "${until}", but should be a day, such as --until 2027-03-01.`);
  if (until < dayOf(today)) {
    throw new UserError(`--until is ${until}, which is over: name a day from ${dayOf(today)} on, or leave it away.`);
  }
};

/**
 * Returns the accepted findings with one more of them. One that was accepted before keeps the forms that it had then.
 *
 * @param findings of the last run.
 * @throws UserError when the run has no such finding, no reason is given, or the date is none.
 */
export function withAccepted(
  accepted: readonly AcceptedFinding[],
  findings: readonly Finding[],
  id: string,
  acceptance: Acceptance,
  today: Date,
): AcceptedFinding[] {
  const finding = findings.find((one) => one.id === id);
  if (!finding) {
    const ids = findings.map((one) => one.id);
    const has = ids.length === 0 ? 'It has no findings at all' : `It has: ${listOf(ids)}`;
    throw new UserError(`The last run has no finding ${id}${didYouMean(id, ids)}. ${has}.`);
  }
  assertAcceptance(acceptance, today);
  const { why = '', until } = acceptance;
  const { sentence, scenarios, deviations, evidence } = finding;
  const before = accepted.find((one) => one.id === id);
  const { file, title } = evidence.scenario;
  const shown = scenarios.filter((one) => one.file === file && one.title === title);
  return [
    ...accepted.filter((one) => one.id !== id),
    {
      id,
      why: why.trim(),
      ...(until !== undefined && { until }),
      sentence: shownLine(sentence, maxSentenceLength),
      scenarios: [...shown, ...scenarios.filter((one) => !shown.includes(one))].slice(0, maxScenarios),
      deviations: signaturesOf([...(before?.deviations ?? []), ...deviations]),
    },
  ];
}

/**
 * Returns the accepted findings without one of them.
 *
 * @throws UserError when it is not accepted.
 */
export function withoutAccepted(accepted: readonly AcceptedFinding[], id: string): AcceptedFinding[] {
  const left = accepted.filter((one) => one.id !== id);
  if (left.length < accepted.length) return left;
  const ids = accepted.map((one) => one.id);
  const are = ids.length === 0 ? 'None is' : `These are: ${listOf(ids)}`;
  throw new UserError(`${id} is not an accepted finding${didYouMean(id, ids)}. ${are}.`);
}
