import { acceptedAs, acceptedFile, isAcceptedOn, readAccepted, type AcceptedFinding } from './accepted-findings.ts';
import { kinds, severities, type Kind, type Severity } from '../kinds/kinds.ts';
import type { Signature } from '../grouping/signature.ts';

/** What does not fail a run. */
export interface Tolerance {
  readonly accepted: readonly AcceptedFinding[];
  /** Those that were accepted until a day that is over. */
  readonly expired: readonly AcceptedFinding[];
  /** The least severe finding that fails a run. */
  readonly failOn: Severity;
}

export const noTolerance: Tolerance = { accepted: [], expired: [], failOn: 'minor' };

/**
 * Returns what is put up with on a day of the target that a profile describes.
 *
 * @throws UserError that says what is wrong with the file of accepted findings.
 */
export function toleranceFor(profileFile: string, failOn: Severity, day: Date): Tolerance {
  const all = readAccepted(acceptedFile(profileFile));
  const isAccepted = (one: AcceptedFinding): boolean => isAcceptedOn(one, day);
  return { accepted: all.filter(isAccepted), expired: all.filter((one) => !isAccepted(one)), failOn };
}

/** Returns whether something of a severity is too little to fail a run. */
export const isBelow = (severity: Severity, failOn: Severity): boolean =>
  severities.indexOf(severity) > severities.indexOf(failOn);

/** Returns whether a deviation fails no run. */
const isTolerated = (deviation: Signature, { accepted, failOn }: Tolerance): boolean =>
  isBelow(kinds[deviation.kind].severity, failOn) || acceptedAs(deviation, accepted) !== undefined;

/** Returns the accepted finding that another one is, of which no form fails a run that is not accepted. */
export function acceptedWhole(
  { kind, deviations }: { readonly kind: Kind; readonly deviations: readonly Signature[] },
  tolerance: Tolerance,
): AcceptedFinding | undefined {
  if (!deviations.every((one) => isTolerated(one, tolerance))) return undefined;
  const [by] = deviations.flatMap((one) => (one.kind === kind ? (acceptedAs(one, tolerance.accepted) ?? []) : []));
  return by;
}

/** Types of the annotations that say why a failed scenario does not fail the run. */
export const toleratedAnnotations = { accepted: 'accepted', below: 'below FAIL_ON' } as const;

/** Returns annotations that say why what a test saw does not fail the run; undefined where some of it does. */
export function whyTolerated(
  deviations: readonly Signature[],
  tolerance: Tolerance,
): { type: string; description: string }[] | undefined {
  if (deviations.length === 0 || !deviations.every((one) => isTolerated(one, tolerance))) return undefined;
  const reasons = deviations.map((deviation) => {
    const by = acceptedAs(deviation, tolerance.accepted);
    if (by) {
      const until = by.until === undefined ? '' : ` until ${by.until}`;
      return { type: toleratedAnnotations.accepted, description: `${by.id}${until}: ${by.why}` };
    }
    const { severity, words } = kinds[deviation.kind];
    return { type: toleratedAnnotations.below, description: `${severity}: ${words}` };
  });
  return [...new Map(reasons.map((reason) => [JSON.stringify(reason), reason])).values()];
}
