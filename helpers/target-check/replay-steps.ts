import { judgeReplay, type RepeatableCall } from './judge-replay.ts';
import type { Misfit } from './misfit.ts';
import { balanceOf, newOrders, readTables } from './placed-order.ts';
import { NotApplicable, StepMisfit } from './step-ends.ts';
import type { Step } from './step.ts';
import type { Answered, Walk } from './walk.ts';

/** The repeated request was taken for a new one, or refused: its key was not seen. */
const keyUnseen = (name: RepeatableCall, problem: string): Misfit => ({
  problem,
  property: ['endpoints', name, 'key'],
  suggestion:
    "check where the key goes, such as key: { in: 'header', name: 'Idempotency-Key' } or { in: 'body', name: 'idempotencyKey' }; leave key out if the target knows none here",
});

async function replayOrder(walk: Walk): Promise<void> {
  const { key, userId, created } = walk.fact('order');
  if (!walk.profile.endpoints.createOrder.key)
    throw new NotApplicable('orders know no idempotency keys, says the profile');
  const product = walk.fact('product');
  const before = await readTables(walk);
  const owner = walk.id('user', userId);
  const replay = await walk.send((api) =>
    api.createOrder({
      userId: owner,
      items: [{ productId: walk.id('product', product.productId), quantity: 2 }],
      idempotencyKey: key,
    }),
  );
  const made = newOrders(await readTables(walk), before).length;
  if (made > 0) throw new StepMisfit(keyUnseen('createOrder', 'the order repeated with its key made a second order'));
  judgeRepeated(walk, 'createOrder', replay, created, { userId: owner });
}

async function replayPayment(walk: Walk): Promise<void> {
  const { order, key, paid } = walk.fact('payment');
  const orderId = walk.id('order', order.orderId);
  const before = await readTables(walk);
  const replay = await walk.send((api) =>
    api.pay(orderId, { userId: walk.id('user', order.userId), idempotencyKey: key }),
  );
  const after = await readTables(walk);
  if (balanceOf(after, order) !== balanceOf(before, order) || after.payments.length !== before.payments.length) {
    throw new StepMisfit({
      problem: `the order was paid a second time: the balance went down by ${balanceOf(before, order) - balanceOf(after, order)} more`,
      property: ['endpoints', 'pay', 'key'],
      suggestion: 'the target must not do that, with a key or without; no profile can say otherwise',
    });
  }
  if (!walk.profile.endpoints.pay.key) {
    if (replay.outcome === 'ok') walk.note('without keys, the repeated payment is answered as before');
    else walk.judgeRefusal(replay, 'order-state');
    return;
  }
  judgeRepeated(walk, 'pay', replay, paid, { orderId });
}

function judgeRepeated(
  walk: Walk,
  name: RepeatableCall,
  { outcome, response, refusal, failure }: Partial<Answered>,
  original: Answered,
  asked: Readonly<Record<string, unknown>>,
): void {
  if (outcome === 'ok' && response) {
    walk.add(...judgeReplay(name, response, original.response, walk.profile, asked));
    return;
  }
  const how = response ? `${response.status} ${refusal?.code ?? refusal?.reason ?? ''}` : (failure ?? 'lost');
  throw new StepMisfit(keyUnseen(name, `repeated with its key, the request was not answered as before, but: ${how}`));
}

/** The same request again, with the same key. */
export const replayOrderStep: Step = { title: 'create the same order again', run: replayOrder };
export const replayPaymentStep: Step = { title: 'replay the payment', run: replayPayment };
