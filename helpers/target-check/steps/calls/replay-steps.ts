import { offered } from '../../../profile/endpoint-forms.ts';
import { judgeReplay, type RepeatableCall } from '../../judge/judge-replay.ts';
import { keyUnseen, orderAgain, payAgain } from '../key-unseen.ts';
import { balanceOf, readTables } from '../place-order.ts';
import { NotApplicable, StepMisfit } from '../step-ends.ts';
import type { Step } from '../step.ts';
import type { Answered } from '../facts.ts';
import type { Walk } from '../walk.ts';

async function replayOrder(walk: Walk): Promise<void> {
  const { key, userId, created } = walk.fact('order');
  if (!walk.profile.endpoints.createOrder.key) {
    throw new NotApplicable('according to the profile, orders take no idempotency keys');
  }
  const { exchange, made } = await orderAgain(walk, key);
  if (made === 0 && exchange.outcome === 'ok') {
    judgeRepeated(walk, 'createOrder', exchange, created, { userId: walk.id('user', userId) });
    return;
  }
  walk.add(
    await keyUnseen(
      walk,
      'createOrder',
      `repeated with its key, the order is not answered as before${how(exchange, made)}`,
    ),
  );
}

const how = ({ response, refusal }: Answered, made: number): string =>
  made > 0
    ? ' but made a second time'
    : `, but ${`${response.status} ${refusal?.code ?? refusal?.reason ?? ''}`.trim()}`;

async function replayPayment(walk: Walk): Promise<void> {
  const { order, key, paid } = walk.fact('payment');
  const before = await readTables(walk);
  const replay = await payAgain(walk, order, key);
  const after = await readTables(walk);
  const debited = balanceOf(before, order) - balanceOf(after, order);
  if (debited !== 0 || after.payments.length !== before.payments.length) {
    throw new StepMisfit({
      problem: `the order was paid a second time: the balance went down by ${debited} more`,
      property: ['endpoints', 'pay', 'key'],
      suggestion: 'the target must not do that, with or without a key; no profile can allow it',
    });
  }
  if (replay.outcome === 'ok') {
    if (offered(walk.profile.endpoints.pay)?.key) {
      judgeRepeated(walk, 'pay', replay, paid, { orderId: walk.id('order', order.orderId) });
    } else {
      walk.note('without keys, the repeated payment is answered as before');
    }
    return;
  }
  if (offered(walk.profile.endpoints.pay)?.key) {
    walk.add(
      await keyUnseen(walk, 'pay', `repeated with its key, the payment is not answered as before${how(replay, 0)}`),
    );
  } else {
    walk.judgeRefusal(replay, 'order-state');
  }
}

function judgeRepeated(
  walk: Walk,
  name: RepeatableCall,
  { response }: Answered,
  original: Answered,
  asked: Readonly<Record<string, unknown>>,
): void {
  walk.add(...judgeReplay(name, response, original.response, walk.profile, asked));
}

/** Repetitions of a request with the same key. */
export const replayOrderStep: Step = { title: 'create the same order again', run: replayOrder };
export const replayPaymentStep: Step = { title: 'replay the payment', run: replayPayment };
