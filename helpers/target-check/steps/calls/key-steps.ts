import { misfitOf } from '../../judge/misfit.ts';
import { newOrders, placeOrder, readTables } from '../place-order.ts';
import { NotApplicable } from '../step-ends.ts';
import type { Answered } from '../facts.ts';
import type { Step } from '../step.ts';
import type { Walk } from '../walk.ts';

type Keyed = 'pay' | 'createOrder' | 'chargeBalance';

/** Compares the outcome of a request without its key with the profile. */
function judgeKeyless(walk: Walk, name: Keyed, exchange: Answered): void {
  const { requiredFor } = walk.profile.policies.key;
  const property = ['policies', 'key', 'requiredFor'];
  const isRequired = requiredFor.includes(name);
  if (exchange.outcome === 'ok') {
    if (!isRequired) return;
    const without = requiredFor.filter((one) => one !== name);
    walk.add(misfitOf(`${name} is accepted without a key`, property, without));
    return;
  }
  walk.judgeRefusal(exchange, 'invalid-input');
  if (!isRequired) walk.add(misfitOf(`${name} is refused without a key`, property, [...requiredFor, name]));
}

const assertKeyed = (walk: Walk, name: Keyed): void => {
  if (!walk.endpoint(name).key) throw new NotApplicable(`according to the profile, ${name} takes no idempotency keys`);
};

async function orderWithoutKey(walk: Walk): Promise<void> {
  const { userId } = walk.fact('order');
  assertKeyed(walk, 'createOrder');
  const productId = walk.id('product', walk.fact('product').productId);
  const before = await readTables(walk);
  const exchange = await walk.send((api) =>
    api.createOrder({
      userId: walk.id('user', userId),
      items: [{ productId, quantity: 1 }],
      // Set to undefined, since a key that is merely left out is generated where the profile requires one.
      idempotencyKey: undefined,
    }),
  );
  const made = newOrders(await readTables(walk), before).length;
  if (exchange.outcome === 'ok' && made === 0) walk.note('the answer was a success, but no order was created');
  judgeKeyless(walk, 'createOrder', exchange);
}

async function payWithoutKey(walk: Walk): Promise<void> {
  walk.fact('payment');
  assertKeyed(walk, 'pay');
  const account = walk.fact('account');
  const { orderId } = await placeOrder(walk, { account, product: walk.fact('product') });
  const userId = walk.id('user', account.userId);
  judgeKeyless(
    walk,
    'pay',
    await walk.send((api) => api.pay(walk.id('order', orderId), { userId, idempotencyKey: undefined })),
  );
}

async function topUpWithoutKey(walk: Walk): Promise<void> {
  assertKeyed(walk, 'chargeBalance');
  walk.fact('topUp');
  const userId = walk.id('user', walk.fact('account').userId);
  const exchange = await walk.send((api) => api.chargeBalance(userId, { amount: 1_000, idempotencyKey: undefined }));
  judgeKeyless(walk, 'chargeBalance', exchange);
}

/** Checks which requests must have an idempotency key. */
export const keySteps: readonly Step[] = [
  { title: 'create an order without a key', run: orderWithoutKey },
  { title: 'pay without a key', run: payWithoutKey },
  { title: 'top up without a key', run: topUpWithoutKey },
];
