import { toleratedAnnotations } from '../findings/accepted/tolerance.ts';
import type { Severity } from '../findings/kinds/kinds.ts';

/**
 * Says how many of the tests that Playwright counts as passed have failed as was to be expected; nothing where none has.
 *
 * @param annotations the types of those of each test that has passed.
 */
export function knownFailures(annotations: readonly (readonly string[])[], failOn: Severity): string {
  const { accepted, below } = toleratedAnnotations;
  const known = annotations.filter((types) => types.includes(accepted) || types.includes(below));
  if (known.length === 0) return '';
  const why = [
    ...(known.some((types) => types.includes(accepted)) ? ['accepted findings'] : []),
    ...(known.some((types) => types.includes(below)) ? [`findings below FAIL_ON=${failOn}`] : []),
  ].join(' or ');
  return `, of which ${known.length} failed as expected (${why})`;
}
