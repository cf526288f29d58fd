import { offered } from '../../profile/endpoint-forms.ts';
import { misfitOf } from '../../target-check/judge/misfit.ts';
import { placeOrder } from '../../target-check/steps/place-order.ts';
import { NotApplicable } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

const price = 12_345;

/** Sends a payment that was refused for its balance again, with the same key, once the balance suffices. */
async function payAfterRefusal(walk: Walk): Promise<void> {
  walk.fact('payment');
  if (!offered(walk.profile.endpoints.pay)?.key)
    throw new NotApplicable('according to the profile, payments take no keys');
  if (walk.profile.policies.balanceIsCheckedAt === 'order') {
    throw new NotApplicable('the balance is checked by the order');
  }
  const rows = await walk.rows();
  const product = await rows.insertProduct({ name: 'Target check', price, stock: 10 });
  const account = await rows.insertAccount({ name: 'Target check', balance: price - 1 });
  const { orderId } = await placeOrder(walk, { account, product });
  const idempotencyKey = walk.newKey();
  const pay = () =>
    walk.send((api) => api.pay(walk.id('order', orderId), { userId: walk.id('user', account.userId), idempotencyKey }));
  const refused = await pay();
  if (refused.outcome !== 'refused') throw new NotApplicable('the payment was not refused');
  await rows.addToBalance(account, price);
  const again = await pay();
  const isRemembered = again.outcome === 'refused' && again.response.status === refused.response.status;
  if (again.outcome !== 'ok' && !isRemembered) {
    walk.note('the second answer is neither a payment nor the same refusal: nothing is concluded from it');
    return;
  }
  if (walk.profile.policies.refusalsAreRemembered === isRemembered) return;
  const problem = isRemembered
    ? 'the key of a refused payment stays refused'
    : 'the key of a refused payment can pay later';
  walk.add(misfitOf(problem, ['policies', 'refusalsAreRemembered'], isRemembered));
}

/** Shows whether the key of a refused payment stays refused. */
export const rememberedRefusalStep: Step = {
  title: 'pay with the key of a refused payment',
  run: payAfterRefusal,
};
