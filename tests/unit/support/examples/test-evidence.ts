import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { deviationsOfTest, type TestEvidence } from '../../../../helpers/findings/deviations/deviations-of-test.ts';
import type { FailedMatcher } from '../../../../helpers/findings/deviations/expectation.ts';
import { promises } from '../../../../helpers/findings/promises.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

/** Returns an exchange that was sent so many ms after the first one. */
export const sentAfter = (sentAtMs: number, exchange: Exchange): Exchange => ({ ...exchange, sentAtMs });

/** Returns what a test holds the target to. */
export const promised = (id: keyof typeof promises): TestEvidence['promise'] => ({ ...promises[id], id });

/** Returns the deviations of a test that saw nothing but what is given. */
export const seenIn = (evidence: Partial<TestEvidence>) =>
  deviationsOfTest({
    profile: reference,
    promise: undefined,
    ...{ exchanges: [], errors: [], breaches: [], problems: [] },
    failedMatcher: () => undefined,
    ...evidence,
  });

/** Returns their kinds. */
export const kindsIn = (evidence: Partial<TestEvidence>): string[] => seenIn(evidence).map(({ kind }) => kind);

/** Returns what a test saw whose only request was judged by a matcher. */
export const judged = (
  received: Exchange,
  expectation: FailedMatcher['expectation'],
  problems: readonly string[] = [],
): Partial<TestEvidence> => ({
  exchanges: [received],
  errors: ['the matcher failed'],
  failedMatcher: () => ({ expectation, expected: 'something', received: [received], problems }),
});
