import { isDeepStrictEqual } from 'node:util';
import type { KeyPlace } from '../../profile/endpoint-forms.ts';
import type { KeyedCall } from '../../profile/tables.ts';
import { misfitOf, type Misfit } from '../judge/misfit.ts';
import { usualKeyPlaces } from '../suggest/usual-key-places.ts';
import type { Answered } from './facts.ts';
import { balanceOf, newOrders, placeOrder, readTables } from './place-order.ts';
import { StepFailure } from './step-ends.ts';
import type { Walk } from './walk.ts';

const quantity = 2;

/** Minor units. */
const charged = 1_000;

/** Creates an order with a key, which may have been used before; returns how many orders it made. */
export async function orderAgain(walk: Walk, key: string): Promise<{ exchange: Answered; made: number }> {
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

/** Pays an order with a key, which may have been used before. */
export const payAgain = (
  walk: Walk,
  { orderId, userId }: { orderId: number | string; userId: number | string },
  key: string,
) => walk.send((api) => api.pay(walk.id('order', orderId), { userId: walk.id('user', userId), idempotencyKey: key }));

/** Tops the account up with a key, which may have been used before; returns by how much its balance rose. */
export async function topUpAgain(walk: Walk, key: string): Promise<{ exchange: Answered; added: number }> {
  const account = walk.fact('account');
  const before = await readTables(walk);
  const exchange = await walk.send((api) =>
    api.chargeBalance(walk.id('user', account.userId), { amount: charged, idempotencyKey: key }),
  );
  return { exchange, added: balanceOf(await readTables(walk), account) - balanceOf(before, account) };
}

/** Returns whether the target reads keys from the place in the current profile. */
const seesKeyOf: Readonly<Record<KeyedCall, (walk: Walk) => Promise<boolean>>> = {
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
  async chargeBalance(walk) {
    const key = walk.newKey();
    const first = await topUpAgain(walk, key);
    const second = await topUpAgain(walk, key);
    return first.added === charged && second.added === 0 && second.exchange.outcome === 'ok';
  },
};

/** Returns whether the key is read there; a failure of the API meanwhile is recorded, and leaves it open. */
async function isSeenAt(walk: Walk, name: KeyedCall, place: KeyPlace): Promise<boolean | 'failed'> {
  const property = ['endpoints', name, 'key'];
  try {
    return await walk.withCorrection({ property, value: place }, () => seesKeyOf[name](walk));
  } catch (error) {
    if (!(error instanceof StepFailure)) throw error;
    walk.fail(error.failure);
    return 'failed';
  }
}

/** How the problem of a key ends that was searched for in all usual places, and is read in none. */
export const nowhereRead = '; the key is read in none of the usual places';

/** Returns the misfit of a key that the target did not read, after a search for its place among the usual ones. */
export async function keyUnseen(walk: Walk, name: KeyedCall, problem: string): Promise<Misfit> {
  const property = ['endpoints', name, 'key'];
  const { key: declared } = walk.endpoint(name);
  let hasFailed = false;
  for (const place of usualKeyPlaces.filter((one) => !isDeepStrictEqual(one, declared))) {
    const isSeen = await isSeenAt(walk, name, place);
    if (isSeen === true) return misfitOf(`${problem}; with the key in another place it is replayed`, property, place);
    hasFailed ||= isSeen === 'failed';
  }
  if (hasFailed) {
    const suggestion = 'nothing is suggested: the API failed while the place of the key was searched for';
    return { problem, property, suggestion };
  }
  return {
    problem: `${problem}${nowhereRead}`,
    property,
    suggestion:
      'set the place of the key, or leave key out if the target is documented to take none here; if it is documented to take one, this is a defect that the scenarios will report',
  };
}
