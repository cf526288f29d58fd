import { UserError } from '../text/user-error.ts';
import type { Task } from './task.ts';

/** What the correct shop must pass where faults are tried. */
const title = 'each order of an account is paid on its own';

/**
 * A scenario against the correct shop, tried as a fault is: a suite that fails with it kills every fault, and proves
 * nothing.
 *
 * @param onFailure told what it failed with.
 */
export const controlTask = (onFailure: (error: UserError) => void): Task => ({
  trial: {
    shop: { kind: 'correct', name: 'correct' },
    target: 'reference',
    scenarios: { title },
    isBrief: true,
  },
  onEnd: ({ passed, failed, notTried }) => {
    if (passed > 0 && failed.length === 0) return;
    const why = failed[0]?.error ?? notTried[0] ?? 'It did not run.';
    onFailure(new UserError(`Even the correct shop fails "${title}", so no fault is tried:\n${why}`));
  },
});
