import type { AcceptedFinding } from '../../../../helpers/findings/accepted/accepted-findings.ts';

/** Returns an accepted finding, changed in places: GET order shows an older state. */
export const exampleAccepted = (overrides: Partial<AcceptedFinding> = {}): AcceptedFinding => ({
  id: 'stale-view-getorder-once',
  why: 'the clients poll',
  sentence: 'GET order still showed PENDING.',
  scenarios: [{ file: 'contract/read-after-write.spec.ts', title: 'order shows its payment at once' }],
  deviations: [{ kind: 'stale-view', call: 'getOrder', circumstance: 'once' }],
  ...overrides,
});
