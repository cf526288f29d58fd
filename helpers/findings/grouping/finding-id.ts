import type { Deviation } from '../deviations/deviation.ts';
import { ofAnyCall } from './of-any-call.ts';

/** Returns the id of the finding that a deviation is: the same for the same defect in every run. */
export function findingId({ kind, call, circumstance, status, code }: Deviation): string {
  const answer = kind === 'wrong-cause' || kind === 'wrong-status' || kind === 'server-error' ? [status, code] : [];
  return [kind, ...(ofAnyCall.includes(kind) ? [] : [call]), circumstance, ...answer]
    .filter((part) => part !== undefined)
    .join('-')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
}

/** Gives each finding an id of its own: a second one of the same signature gets a number. */
export function withOwnIds<Finding extends { readonly id: string }>(findings: readonly Finding[]): Finding[] {
  const taken = new Map<string, number>();
  return findings.map((finding) => {
    const count = (taken.get(finding.id) ?? 0) + 1;
    taken.set(finding.id, count);
    return count === 1 ? finding : { ...finding, id: `${finding.id}-${count}` };
  });
}
