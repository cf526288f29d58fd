import { UserError } from '../../text/user-error.ts';
import type { Task } from './task.ts';

/** The scenarios that the correct shop must pass where faults are tried. */
const file = 'order-then-pay.spec.ts';

/**
 * Returns the task of trying some scenarios against the correct shop, just as a fault is tried: a suite that fails with
 * it kills every fault, and proves nothing.
 *
 * @param onFailure told what it failed with.
 */
export const controlTask = (onFailure: (error: UserError) => void): Task => ({
  trial: {
    shop: { kind: 'correct', name: 'correct' },
    target: 'reference',
    scenarios: { file },
    isBrief: true,
  },
  onEnd: ({ passed, failed, notTried }) => {
    if (passed > 0 && failed.length === 0) return;
    const why = failed[0]?.error ?? notTried[0] ?? 'It did not run.';
    onFailure(
      new UserError(`Even the correct shop fails "${failed[0]?.title ?? file}", so no fault is tried:\n${why}`),
    );
  },
});
