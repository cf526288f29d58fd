import type { StepReport } from '../../target-check/report/step-report.ts';
import { balanceOf, placeOrder, readTables } from '../../target-check/steps/place-order.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';
import type { Lesson } from '../learn.ts';
import { assumed } from '../match/grounds.ts';

const debitedEarly = 'the money is debited before the order is paid';
const debitedTogether = 'the money is not debited while the payment waits for its order';

/** Pays while the order's row is locked, and looks at the tables while the payment waits for it. */
async function payWhileOrderIsLocked(walk: Walk): Promise<void> {
  walk.fact('payment');
  const account = walk.fact('account');
  const { orderId, after: before } = await placeOrder(walk, { account, product: walk.fact('product') });
  const payment = { userId: walk.id('user', account.userId), idempotencyKey: walk.newKey() };
  const gate = await (await walk.rows()).holdRow({ order: { orderId } });
  try {
    const state = { isOver: false };
    const paid = walk
      .send((api) => api.pay(walk.id('order', orderId), payment))
      .finally(() => {
        state.isOver = true;
      });
    // Its failure is thrown where it is awaited.
    paid.catch(() => undefined);
    await gate.untilStill(1, () => state.isOver);
    const balance = balanceOf(await readTables(walk), account);
    if (!state.isOver) walk.note(balance < balanceOf(before, account) ? debitedEarly : debitedTogether);
    await gate.open();
    await paid;
  } finally {
    await gate.open();
  }
}

/** Shows whether a payment is one transaction. */
export const paymentCommitStep: Step = { title: 'pay while the order is locked', run: payWhileOrderIsLocked };

/**
 * Returns what the step says of `paymentsCommit`: one transaction as it is promised, or that it was not one. Whether it
 * was meant to be one cannot be seen, so that the promise stays, as an assumption.
 */
export function paymentCommitLessons(steps: readonly StepReport[]): Lesson[] {
  const notes = steps.flatMap((step) => step.notes);
  const lesson = (ground: string): Lesson[] => [{ property: ['policies', 'paymentsCommit'], value: 'at-once', ground }];
  if (notes.includes(debitedEarly)) return lesson(assumed(`${debitedEarly}: say 'in-steps' if that is meant`));
  return notes.includes(debitedTogether) ? lesson('seen') : [];
}
