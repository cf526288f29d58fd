import type { LedgerSnapshot } from '../../../ledger/ledger-snapshot.ts';
import type { Id } from '../../../profile/ids.ts';
import { misfitOf } from '../../judge/misfit.ts';
import { judgeStatus } from './order-steps.ts';
import { balanceOf, placeOrder, readTables } from '../place-order.ts';
import type { Step } from '../step.ts';
import type { Walk } from '../walk.ts';

async function cancelOrder(walk: Walk): Promise<void> {
  const [account, product] = [walk.fact('account'), walk.fact('product')];
  walk.fact('order');
  walk.endpoint('cancelOrder');
  const { orderId } = await placeOrder(walk, { account, product });
  const userId = walk.id('user', account.userId);
  const cancelled = await walk.succeed((api) => api.cancelOrder(walk.id('order', orderId), { userId }));
  const row = (await readTables(walk)).orders.find((one) => String(one.orderId) === String(orderId));
  walk.judgeAnswer(cancelled, {
    fields: { orderId: walk.id('order', orderId), userId, ...(row && { totalAmount: row.total }) },
  });
  judgeStatus(walk, 'cancelled', row?.status, cancelled);
  await cancelAgain(walk, orderId, userId);
}

/** Cancels the cancelled order once more, and the paid one where the profile lets it be cancelled. */
async function cancelAgain(walk: Walk, orderId: Id, userId: Id): Promise<void> {
  const before = await readTables(walk);
  const again = await walk.send((api) => api.cancelOrder(walk.id('order', orderId), { userId }));
  const { secondCancellation = 'refused', paidOrders = 'final' } = walk.profile.policies;
  const seen = again.outcome === 'ok' ? 'answered' : 'refused';
  if (seen !== secondCancellation) {
    const problem = `a second cancellation of an order is ${seen}`;
    walk.add(misfitOf(problem, ['policies', 'secondCancellation'], seen === 'refused' ? undefined : seen));
  } else if (seen === 'refused') walk.judgeRefusal(again, 'order-state');
  judgeNothingMoved(walk, before, await readTables(walk), userId);
  if (!walk.has('payment')) return;
  const { order } = walk.fact('payment');
  const paid = await readTables(walk);
  const ofPaid = await walk.send((api) => api.cancelOrder(walk.id('order', order.orderId), { userId }));
  const allowed = ofPaid.outcome === 'ok' ? 'cancellable' : 'final';
  if (allowed !== paidOrders) {
    const problem = `cancelling a paid order is ${allowed === 'final' ? 'refused' : 'a success'}`;
    walk.add(misfitOf(problem, ['policies', 'paidOrders'], allowed === 'final' ? undefined : allowed));
  } else if (allowed === 'final') walk.judgeRefusal(ofPaid, 'order-state');
  if (allowed === 'final') judgeNothingMoved(walk, paid, await readTables(walk), userId);
}

function judgeNothingMoved(walk: Walk, before: LedgerSnapshot, after: LedgerSnapshot, userId: Id): void {
  const moved = balanceOf(after, { userId }) - balanceOf(before, { userId });
  if (moved === 0 || Number.isNaN(moved)) return;
  walk.add({
    problem: `a cancellation that cancels nothing changes the balance by ${moved}`,
    suggestion: 'the target must not do that; no profile can allow it',
  });
}

/** Another order is cancelled, twice; then the paid one, which the profile says may be cancelled or not. */
export const cancelStep: Step = { title: 'cancel another order', run: cancelOrder };
