import { isDeepStrictEqual } from 'node:util';
import { offered, type KeyPlace } from '../../profile/endpoint-forms.ts';
import { judgeReplay, type RepeatableCall } from '../judge/judge-replay.ts';
import { misfitOf, type Misfit } from '../judge/misfit.ts';
import { balanceOf, newOrders, placeOrder, readTables } from './place-order.ts';
import { NotApplicable, StepFailure, StepMisfit } from './step-ends.ts';
import type { Step } from './step.ts';
import { usualKeyPlaces } from '../suggest/usual-key-places.ts';
import type { Answered } from './facts.ts';
import type { Walk } from './walk.ts';

const quantity = 2;

/** Creates an order with a key, which may have been used before. */
async function orderAgain(walk: Walk, key: string): Promise<{ exchange: Answered; made: number }> {
  const [account, product] = [walk.fact('account'), walk.fact('product')];
  const before = await readTables(walk);
  const exchange = await walk.send((api) =>
    api.createOrder({
      userId: walk.id('user', account.userId),
      items: [{ productId: walk.id('product', product.productId), quantity }],
      idempotencyKey: key,
    }),
  );
  return { exchange, made: newOrders(await readTables(walk), before).length };
}

const payAgain = (
  walk: Walk,
  { orderId, userId }: { orderId: number | string; userId: number | string },
  key: string,
) => walk.send((api) => api.pay(walk.id('order', orderId), { userId: walk.id('user', userId), idempotencyKey: key }));

/** Returns whether the target reads keys from the place in the current profile. */
const seesKeyOf: Readonly<Record<'createOrder' | 'pay', (walk: Walk) => Promise<boolean>>> = {
  async createOrder(walk) {
    const key = walk.newKey();
    const first = await orderAgain(walk, key);
    const second = await orderAgain(walk, key);
    return first.made === 1 && second.made === 0 && second.exchange.outcome === 'ok';
  },
  async pay(walk) {
    const key = walk.newKey();
    const order = await placeOrder(walk, { account: walk.fact('account'), product: walk.fact('product') });
    const first = await payAgain(walk, order, key);
    const second = await payAgain(walk, order, key);
    return first.outcome === 'ok' && second.outcome === 'ok';
  },
};

/** Returns whether the key is read there; a failure of the API meanwhile is recorded, and leaves it open. */
async function isSeenAt(walk: Walk, name: 'createOrder' | 'pay', place: KeyPlace): Promise<boolean | 'failed'> {
  const property = ['endpoints', name, 'key'];
  try {
    return await walk.withCorrection({ property, value: place }, () => seesKeyOf[name](walk));
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    walk.fail(error.failure);
    return 'failed';
  }
}

/** Returns the misfit of a key that the target did not read, after a search for its place among the usual ones. */
async function keyUnseen(walk: Walk, name: 'createOrder' | 'pay', problem: string): Promise<Misfit> {
  const property = ['endpoints', name, 'key'];
  const declared = offered<{ readonly key?: KeyPlace | undefined }>(walk.profile.endpoints[name])?.key;
  let hasFailed = false;
  for (const place of usualKeyPlaces.filter((one) => !isDeepStrictEqual(one, declared))) {
    const isSeen = await isSeenAt(walk, name, place);
    if (isSeen === true) return misfitOf(`${problem}; with the key elsewhere it is`, property, place);
    hasFailed ||= isSeen === 'failed';
  }
  if (hasFailed) {
    const suggestion = 'nothing is suggested: the API failed while the place of the key was searched for';
    return { problem, property, suggestion };
  }
  return {
    problem: `${problem}, nor with the key in any of the usual places`,
    property,
    suggestion:
      'set the place of the key, or leave key out if the target is documented to take none here; if it is documented to take one, this is a defect that the scenarios will report',
  };
}

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
