import { misfitOf } from '../../target-check/judge/misfit.ts';
import { NotApplicable } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

/** Usual limits. */
const lengths = [255, 200, 191, 128, 100, 64, 50, 40, 36];

/** Orders under keys of the usual maximum lengths, the longest first, until one is accepted. */
async function orderUnderLongKeys(walk: Walk): Promise<void> {
  walk.fact('order');
  if (!walk.endpoint('createOrder').key) throw new NotApplicable('according to the profile, orders take no keys');
  const [account, product] = [walk.fact('account'), walk.fact('product')];
  const declared = walk.profile.policies.key.maxLength;
  for (const length of new Set([declared, ...lengths.filter((one) => one < declared)])) {
    const exchange = await walk.send((api) =>
      api.createOrder({
        userId: walk.id('user', account.userId),
        items: [{ productId: walk.id('product', product.productId), quantity: 1 }],
        idempotencyKey: walk.newKey().padEnd(length, 'k').slice(0, length),
      }),
    );
    if (exchange.outcome !== 'ok') continue;
    if (length === declared) return;
    walk.add(
      misfitOf(
        `keys of ${length} characters are accepted, longer ones are not`,
        ['policies', 'key', 'maxLength'],
        length,
      ),
    );
    return;
  }
  walk.note('no key of a usual length was accepted: nothing is concluded from it');
}

/** Shows how long a key may be. */
export const keyLengthStep: Step = { title: 'order under long keys', run: orderUnderLongKeys };
