import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

/** Cancels an order that is paid: its refusal may have another code than that of a payment. */
async function cancelPaidOrder(walk: Walk): Promise<void> {
  const { order } = walk.fact('payment');
  walk.endpoint('cancelOrder');
  const answer = await walk.send((api) =>
    api.cancelOrder(walk.id('order', order.orderId), { userId: walk.id('user', order.userId) }),
  );
  if (answer.outcome === 'ok') walk.note('a paid order can be cancelled');
  else walk.judgeRefusal(answer, 'order-state');
}

/** Shows how the cancellation of a paid order is refused. */
export const cancelPaidOrderStep: Step = { title: 'cancel the paid order', run: cancelPaidOrder };
