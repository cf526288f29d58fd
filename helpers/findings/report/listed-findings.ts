import { counted } from '../../text/words/counted.ts';
import { shownLine } from '../../text/shown-text.ts';
import { acceptedAs, isOneOf, type AcceptedFinding } from '../accepted/accepted-findings.ts';
import type { Finding, Findings } from '../grouping/finding.ts';
import { acceptedWhole, type Tolerance } from '../accepted/tolerance.ts';
import { shownFindings } from './shown-findings.ts';
import { sortedFindings } from './sorted-findings.ts';

const maxLength = 400;
const indent = ' '.repeat(10);

const termsOf = ({ why, until }: Pick<AcceptedFinding, 'why' | 'until'>): string =>
  `${until === undefined ? '' : ` until ${until}`}: ${why}`;

const stateOf = (finding: Finding, tolerance: Tolerance): string => {
  const whole = acceptedWhole(finding, tolerance);
  if (whole) return `accepted${termsOf(whole)}`;
  const [partly] = finding.deviations.flatMap((one) => acceptedAs(one, tolerance.accepted) ?? []);
  if (partly) return `not accepted: it shows in a new form, which ${partly.id} does not cover`;
  const [before] = finding.deviations.flatMap((one) => acceptedAs(one, tolerance.expired) ?? []);
  return before ? `no longer accepted, the date is over${termsOf(before)}` : 'not accepted';
};

const itemOf = (finding: Finding, tolerance: Tolerance): string => {
  const { id, severity, sentence, scenarios } = finding;
  return [
    `${severity.padEnd(indent.length)}${id} (${counted(scenarios.length, 'scenario')})`,
    ...[sentence, stateOf(finding, tolerance)].map((text) => `${indent}${shownLine(text, maxLength)}`),
  ].join('\n');
};

/** Returns the findings of a run as text, each with its id, and whether it is accepted as of now. */
export function listedFindings(untrusted: Findings, tolerance: Tolerance): string {
  const findings = shownFindings(untrusted);
  const { verdict, because, target, fixed } = findings;
  const { open, accepted } = sortedFindings(findings);
  const all = [...open, ...accepted];
  const gone = [...tolerance.accepted, ...tolerance.expired]
    .filter((known) => !all.some(({ deviations }) => deviations.some((one) => isOneOf(one, known))))
    .map(({ id }) => `${id} (${fixed.includes(id) ? 'fixed' : 'not every scenario that showed it has passed'})`);
  return [
    shownLine(`Last run, target ${target}: ${verdict}, ${because}`, maxLength),
    ...all.map((finding) => itemOf(finding, tolerance)),
    ...(gone.length > 0 ? [`Accepted, and not found in this run: ${gone.join(', ')}`] : []),
  ].join('\n\n');
}
