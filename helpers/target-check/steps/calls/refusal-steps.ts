import type { Exchange } from '../../../api/answers/exchange.ts';
import { isMissing, offered } from '../../../profile/endpoint-forms.ts';
import { absentId } from '../../../profile/ids.ts';
import type { Account, Product } from '../../../database/rows/own-rows.ts';
import type { StatedAmounts } from '../../../refusals/stated-amounts.ts';
import { namesUser } from '../../../profile/names-user.ts';
import { unstatedAmounts } from '../../../api/answers/unstated-amounts.ts';
import { misfitOf } from '../../judge/misfit.ts';
import { newOrders, placeOrder, readTables } from '../place-order.ts';
import { NotApplicable } from '../step-ends.ts';
import type { Step } from '../step.ts';
import type { Walk } from '../walk.ts';

const refusedPrice = 12_345;

/** What is noted of a refusal that states its amounts. */
export const amountsStated = 'the refusal states the required and available amount';

/** How begins what is noted of one that does not. */
export const amountsUnstated = 'the refusal does not state';

/** Compares the amounts that a refusal states with the profile's policy about them. */
function judgeAmounts(walk: Walk, refused: Exchange, amounts: StatedAmounts): void {
  if (refused.outcome !== 'refused') return;
  const unstated = unstatedAmounts(refused, amounts, walk.profile.money);
  const problem = `${amountsUnstated} the ${unstated.join(' and ')} amount`;
  if (unstated.length === 0) walk.note(amountsStated);
  else if (!walk.profile.policies.refusalsStateAmounts) walk.note(problem);
  else walk.add(misfitOf(problem, ['policies', 'refusalsStateAmounts'], false));
}

/** A refused order may leave a row that says so, by a word of its own. */
function judgeRefusedRow(walk: Walk, word: string): void {
  const { pending, paid, cancelled, refused = [] } = walk.profile.orderStatus;
  if ([pending, paid, cancelled].includes(word)) return;
  const problem = `an order that was refused leaves a row that says ${word}`;
  walk.add(misfitOf(problem, ['orderStatus', 'refused'], [...refused, word]));
}

/** Orders, and pays if the order is accepted: one of the two must be refused, according to the profile. */
async function refuseShort(
  walk: Walk,
  reason: 'balance' | 'stock',
  policy: 'balanceIsCheckedAt' | 'stockIsCheckedAt',
  { account, product, quantity }: { account: Account; product: Product; quantity: number },
  amounts: Required<StatedAmounts>,
): Promise<void> {
  const declared = walk.profile.policies[policy];
  const property = ['policies', policy];
  const before = await readTables(walk);
  const userId = walk.id('user', account.userId);
  const ordered = await walk.send((api) =>
    api.createOrder({
      userId,
      items: [{ productId: walk.id('product', product.productId), quantity }],
      idempotencyKey: walk.newKey(),
    }),
  );
  const [row] = newOrders(await readTables(walk), before);
  if (!row || ordered.outcome === 'refused') {
    if (row) judgeRefusedRow(walk, row.status);
    walk.judgeRefusal(ordered, reason);
    judgeAmounts(walk, ordered, amounts);
    if (declared !== 'order') walk.add(misfitOf(`too little ${reason} is refused at the order`, property, 'order'));
    return;
  }
  // Where payments never succeed, they are refused for another reason than this one.
  walk.fact('payment');
  const paid = await walk.send((api) =>
    api.pay(walk.id('order', row.orderId), { userId, idempotencyKey: walk.newKey() }),
  );
  walk.judgeRefusal(paid, reason);
  judgeAmounts(walk, paid, amounts);
  if (declared !== 'payment' && paid.outcome === 'refused') {
    walk.add(misfitOf(`too little ${reason} is refused only at the payment`, property, 'payment'));
  }
}

async function refuseBalance(walk: Walk): Promise<void> {
  const { balances } = walk.profile.tables;
  if (isMissing(balances)) throw new NotApplicable(`users hold no balance: ${balances.notOffered}`);
  walk.fact('order');
  const rows = await walk.rows();
  const product = await rows.insertProduct({ name: 'Target check', price: refusedPrice, stock: 10 });
  const account = await rows.insertAccount({ name: 'Target check', balance: refusedPrice - 1 });
  const amounts = { required: refusedPrice, available: account.balance };
  await refuseShort(walk, 'balance', 'balanceIsCheckedAt', { account, product, quantity: 1 }, amounts);
}

async function refuseStock(walk: Walk): Promise<void> {
  walk.fact('order');
  const rows = await walk.rows();
  const product = await rows.insertProduct({ name: 'Target check', price: refusedPrice, stock: 1 });
  const account = await rows.insertAccount({ name: 'Target check', balance: refusedPrice * 10 });
  const amounts = { required: 2, available: product.stock };
  await refuseShort(walk, 'stock', 'stockIsCheckedAt', { account, product, quantity: 2 }, amounts);
}

async function refuseKeyReuse(walk: Walk): Promise<void> {
  const { key } = walk.fact('payment');
  if (!offered(walk.profile.endpoints.pay)?.key) {
    throw new NotApplicable('according to the profile, payments take no idempotency keys');
  }
  const account = walk.fact('account');
  const { orderId } = await placeOrder(walk, { account, product: walk.fact('product') });
  const refused = await walk.send((api) =>
    api.pay(walk.id('order', orderId), { userId: walk.id('user', account.userId), idempotencyKey: key }),
  );
  walk.judgeRefusal(refused, 'key-reuse');
}

async function refusePaidTwice(walk: Walk): Promise<void> {
  const { order } = walk.fact('payment');
  if (!offered(walk.profile.endpoints.pay)?.key)
    throw new NotApplicable('without keys, the replay has shown it already');
  const refused = await walk.send((api) =>
    api.pay(walk.id('order', order.orderId), {
      userId: walk.id('user', order.userId),
      idempotencyKey: walk.newKey(),
    }),
  );
  walk.judgeRefusal(refused, 'order-state');
}

async function refuseForeignOrder(walk: Walk): Promise<void> {
  const [account, product] = [walk.fact('account'), walk.fact('product')];
  walk.fact('payment');
  if (!namesUser(walk.profile, 'pay')) {
    throw new NotApplicable('payments do not name a user, so nobody can pay for another user');
  }
  const stranger = await (await walk.rows()).insertAccount({ name: 'Target check', balance: product.price * 10 });
  const { orderId } = await placeOrder(walk, { account, product });
  const refused = await walk.send((api) =>
    api.pay(walk.id('order', orderId), {
      userId: walk.id('user', stranger.userId),
      idempotencyKey: walk.newKey(),
    }),
  );
  walk.judgeRefusal(refused, 'foreign-order');
}

async function refuseUnknownOrder(walk: Walk): Promise<void> {
  const { orderId, userId } = walk.fact('payment').order;
  const absent = absentId(walk.id('order', orderId));
  const refused = await walk.send((api) =>
    api.pay(absent, { userId: walk.id('user', userId), idempotencyKey: walk.newKey() }),
  );
  walk.judgeRefusal(refused, 'unknown-order');
}

async function refuseUnknownUser(walk: Walk): Promise<void> {
  walk.endpoint('getBalance');
  if (walk.profile.authentication?.by === 'log-in') {
    throw new NotApplicable('users of this target log in, and an unknown user cannot');
  }
  walk.fact('balance');
  const absent = absentId(walk.id('user', walk.fact('account').userId));
  walk.judgeRefusal(await walk.send((api) => api.getBalance(absent)), 'unknown-user');
}

/** Sends an order that must be refused. */
const orderWrongly = (walk: Walk, line: { productId: number | string; quantity: number }) =>
  walk.send((api) =>
    api.createOrder({
      userId: walk.id('user', walk.fact('order').userId),
      items: [line],
      idempotencyKey: walk.newKey(),
    }),
  );

async function refuseUnknownProduct(walk: Walk): Promise<void> {
  const productId = absentId(walk.id('product', walk.fact('product').productId));
  walk.judgeRefusal(await orderWrongly(walk, { productId, quantity: 1 }), 'unknown-product');
}

async function refuseQuantity(walk: Walk): Promise<void> {
  const productId = walk.id('product', walk.fact('product').productId);
  walk.judgeRefusal(await orderWrongly(walk, { productId, quantity: 0 }), 'invalid-quantity', 'invalid-input');
}

async function refuseCharge(walk: Walk): Promise<void> {
  walk.endpoint('chargeBalance');
  walk.fact('topUp');
  const userId = walk.id('user', walk.fact('account').userId);
  const refused = await walk.send((api) => api.chargeBalance(userId, { amount: 0, idempotencyKey: walk.newKey() }));
  walk.judgeRefusal(refused, 'invalid-charge', 'invalid-input');
}

async function refuseInput(walk: Walk): Promise<void> {
  if (isMissing(walk.profile.endpoints.pay)) return refuseOrderInput(walk);
  const { body, key } = walk.endpoint('pay');
  if (Object.keys(body).length === 0 && key?.in !== 'body') {
    throw new NotApplicable('payments of this target have no body');
  }
  const { orderId, userId } = walk.fact('payment').order;
  const parameters = { orderId: walk.id('order', orderId), userId: walk.id('user', userId) };
  const refused = await walk.send((api) =>
    api.sendText('pay', parameters, '{"userId":', { idempotencyKey: walk.newKey() }),
  );
  walk.judgeRefusal(refused, 'invalid-input');
}

/** The same of an order, where nothing is paid apart. */
async function refuseOrderInput(walk: Walk): Promise<void> {
  const userId = walk.id('user', walk.fact('order').userId);
  const refused = await walk.send((api) =>
    api.sendText('createOrder', { userId }, '{"items":', { idempotencyKey: walk.newKey() }),
  );
  walk.judgeRefusal(refused, 'invalid-input');
}

const refuseInProgress = (): Promise<void> =>
  Promise.reject(new NotApplicable('it needs concurrent requests, which the scenarios send'));

/** All refusals that a profile describes: each is provoked alone and must be distinguishable from the others. */
export const refusalSteps: readonly Step[] = [
  { title: 'be refused: too little balance', run: refuseBalance },
  { title: 'be refused: too little stock', run: refuseStock },
  { title: "be refused: another order's key", run: refuseKeyReuse },
  { title: 'be refused: already paid', run: refusePaidTwice },
  { title: "be refused: another user's order", run: refuseForeignOrder },
  { title: 'be refused: unknown order', run: refuseUnknownOrder },
  { title: 'be refused: unknown user', run: refuseUnknownUser },
  { title: 'be refused: unknown product', run: refuseUnknownProduct },
  { title: 'be refused: a quantity of zero', run: refuseQuantity },
  { title: 'be refused: a top-up of nothing', run: refuseCharge },
  { title: 'be refused: broken JSON', run: refuseInput },
  { title: 'be refused: still in progress', run: refuseInProgress },
];
