import type { KeyedCall } from '../profile/tables.ts';
import type { StepReport } from '../target-check/report/step-report.ts';
import { nowhereRead } from '../target-check/steps/key-unseen.ts';
import type { Choice, Evidence } from './evidence.ts';
import type { Lesson } from './learn.ts';
import { draftEndpoint } from './match/draft-endpoint.ts';

const keyedCalls: readonly KeyedCall[] = ['pay', 'createOrder', 'chargeBalance'];

/**
 * Returns the calls that take no key: their document names none, and none is read in any of the usual places. A key
 * that a document does name is a promise, which is not taken back because it is broken.
 */
export function unreadKeys(
  { operations, isDocumented }: Evidence,
  choice: Choice,
  steps: readonly StepReport[],
): Lesson[] {
  const misfits = steps.flatMap((step) => step.misfits);
  return keyedCalls.flatMap((call): Lesson[] => {
    const operation = operations[call][choice.operations[call] ?? 0];
    const isPromised = !isDocumented || !operation || draftEndpoint(call, operation).key !== undefined;
    const isUnread = misfits.some(
      ({ property, problem }) => property === `endpoints.${call}.key` && problem.endsWith(nowhereRead),
    );
    if (isPromised || !isUnread) return [];
    return [
      { property: ['endpoints', call, 'key'], value: undefined, ground: 'the document names none, none is read' },
    ];
  });
}
