import { parseJson, valueAt } from '../../../text/json.ts';
import { answeredPart } from '../../../api/answers/answered-part.ts';
import { isMissing, offered } from '../../../profile/endpoint-forms.ts';
import { plainAmount } from '../../../profile/amount-in-words.ts';
import type { Id } from '../../../profile/ids.ts';
import type { OrderState } from '../../../profile/order-state.ts';
import type { TargetProfile } from '../../../profile/target-profile.ts';
import { misfitOf, type Misfit } from '../../judge/misfit.ts';
import { balanceOf, newRows, placeOrder, readTables, stockOf } from '../place-order.ts';
import { balanceColumn, saidBalance } from './same-system-steps.ts';
import { StepMisfit } from '../step-ends.ts';
import type { Step } from '../step.ts';
import { judgePart } from './paid-in-parts.ts';
import type { Answered } from '../facts.ts';
import type { Walk } from '../walk.ts';

const quantity = 2;
const charged = 1_000;

const inWords = ({ profile }: Walk, amount: number): string => plainAmount(amount, profile.money);

/** Compares the status of an order in the table, and in an answer, with that of the profile. */
export function judgeStatus(
  walk: Walk,
  state: OrderState,
  inTable: string | undefined,
  answered?: Answered,
  orderId?: Id,
): void {
  const { orderStatus, tables, endpoints } = walk.profile;
  if (inTable !== undefined && inTable !== orderStatus[state]) {
    const problem = `an order that is ${state} has status ${inTable} in ${tables.orders.table}, not ${orderStatus[state]}`;
    walk.add(misfitOf(problem, ['orderStatus', state], inTable));
  }
  const endpoint = answered && endpoints[answered.name];
  const path = endpoint && 'answer' in endpoint && 'status' in endpoint.answer ? endpoint.answer.status : undefined;
  const json = answered && parseJson(answered.response.body);
  const part = endpoint && 'answer' in endpoint ? answeredPart(endpoint, json, { orderId }) : undefined;
  const said = path !== undefined ? valueAt(part, path) : undefined;
  if (!answered || path === undefined || said === undefined || said === (inTable ?? orderStatus[state])) return;
  walk.add({
    problem: `\`${path}\` of an order that is ${state} is ${JSON.stringify(said)}, not ${inTable ?? orderStatus[state]} as in the table`,
    property: ['endpoints', answered.name, 'answer', 'status'],
    suggestion: 'name the field with the status as in the table, or leave status out',
  });
}

async function createOrder(walk: Walk): Promise<void> {
  const [account, product] = [walk.fact('account'), walk.fact('product')];
  walk.fact('sameSystem');
  const { row, before, after, ...order } = await placeOrder(walk, { account, product, quantity });
  walk.establish('order', order);
  const orderId = walk.id('order', row.orderId);
  walk.judgeAnswer(order.created, {
    fields: { orderId, userId: walk.id('user', account.userId), totalAmount: row.total },
    line: { productId: walk.id('product', product.productId), quantity },
  });
  judgeStatus(walk, 'pending', row.status, order.created);
  judgeDebit(walk, row.total, balanceOf(before, account) - balanceOf(after, account));
  const taken = stockOf(before, product) - stockOf(after, product);
  const declared = walk.profile.policies.stockIsTakenAt;
  const seen = taken === quantity ? 'order' : taken === 0 ? 'payment' : undefined;
  if (seen !== undefined && seen !== declared) {
    const problem =
      taken === 0 ? 'an order leaves the stock as it is' : `an order of ${quantity} takes them from the stock`;
    walk.add(misfitOf(problem, ['policies', 'stockIsTakenAt'], seen));
  } else if (seen === undefined) {
    walk.add({
      problem: `an order of ${quantity} changes the stock by ${-taken}`,
      property: ['tables', 'products', 'stock'],
      suggestion: 'is it the column that orders decrease?',
    });
  }
}

/** Compares what an order took from the balance with the profile. */
function judgeDebit(walk: Walk, total: number, debited: number): void {
  const { profile } = walk;
  if (isMissing(profile.tables.balances)) return;
  const declared = profile.policies.balanceIsTakenAt ?? 'payment';
  const seen = debited === total ? 'order' : debited === 0 ? 'payment' : undefined;
  if (seen === declared) return;
  const problem = `an order of ${inWords(walk, total)} takes ${inWords(walk, debited)} from the balance`;
  const property = ['policies', 'balanceIsTakenAt'];
  if (seen) walk.add(misfitOf(problem, property, seen));
  else walk.add({ problem, property, suggestion: 'it should take its total, at the order or at the payment' });
}

async function lookUpOrder(walk: Walk): Promise<void> {
  const { orderId, userId } = walk.fact('order');
  walk.endpoint('getOrder');
  const answered = await walk.succeed((api) =>
    api.getOrder(walk.id('order', orderId), { userId: walk.id('user', userId) }),
  );
  const row = (await readTables(walk)).orders.find((one) => String(one.orderId) === String(orderId));
  walk.judgeAnswer(answered, {
    fields: {
      orderId: walk.id('order', orderId),
      userId: walk.id('user', userId),
      ...(row && { totalAmount: row.total }),
    },
  });
  judgeStatus(walk, 'pending', row?.status, answered, walk.id('order', orderId));
}

/** Returns the misfit of an order that was paid without a new row for it. */
function noPaymentRow({ tables: { orders, payments } }: TargetProfile, status: string | undefined): Misfit {
  const { table = 'no table', succeeded } = offered(payments) ?? {};
  const problem = `the order was paid, but ${table} has no new row for it`;
  const property = ['tables', 'payments'];
  // A paid order is its own payment: the word for it is then seen.
  const isOwn = table === orders.table && succeeded?.column === orders.status;
  if (isOwn && status !== undefined && status !== succeeded.value) {
    return misfitOf(`${problem}: it is ${status} now`, [...property, 'succeeded', 'value'], status);
  }
  const suggestion =
    'name the table of the payments and its columns; where failed attempts are rows as well, check succeeded';
  return { problem, property, suggestion };
}

async function pay(walk: Walk): Promise<void> {
  walk.endpoint('pay');
  const [order, product] = [walk.fact('order'), walk.fact('product')];
  const key = walk.newKey();
  const before = await readTables(walk);
  const paid = await walk.succeed((api) =>
    api.pay(walk.id('order', order.orderId), { userId: walk.id('user', order.userId), idempotencyKey: key }),
  );
  const after = await readTables(walk);
  walk.establish('payment', { order, key, paid });
  const [payment] = newRows(after.payments, before.payments, ({ paymentId }) => paymentId);
  walk.judgeAnswer(paid, {
    fields: {
      orderId: walk.id('order', order.orderId),
      remainingBalance: balanceOf(after, order),
      ...(payment && { paymentId: walk.id('payment', payment.paymentId), paidAmount: payment.amount }),
    },
  });
  const { tables, policies } = walk.profile;
  const row = after.orders.find((one) => String(one.orderId) === String(order.orderId));
  if (!payment && !isMissing(tables.payments)) walk.add(noPaymentRow(walk.profile, row?.status));
  const debited = balanceOf(before, order) - balanceOf(after, order);
  const isTaken = policies.balanceIsTakenAt !== 'order';
  const isWrong = row && debited !== (isTaken ? row.total : 0);
  if (isWrong && !(await judgePart(walk, order, { total: row.total, debited }))) {
    walk.add({
      problem: `the order of ${inWords(walk, row.total)} was paid, and ${balanceColumn(walk)} went down by ${inWords(walk, debited)}`,
      property: ['tables', 'balances', 'balance'],
      suggestion: 'is it the column that payments debit? Then the target debits another amount than the total',
    });
  }
  const taken = stockOf(before, product) - stockOf(after, product);
  if (taken !== (policies.stockIsTakenAt === 'payment' ? quantity : 0)) {
    walk.add({
      problem: `paying the order of ${quantity} changes the stock by ${-taken}`,
      property: ['policies', 'stockIsTakenAt'],
      suggestion: 'stock must go down once, at the order or at the payment; check the column of tables.products.stock',
    });
  }
  const { answer, successStatus } = walk.endpoint('pay');
  const { status } = answer;
  const said = status === undefined ? undefined : valueAt(parseJson(paid.response.body), status);
  if (successStatus !== undefined && typeof said === 'string' && said !== successStatus) {
    const problem = `a payment that went through says ${said}, not ${successStatus}`;
    walk.add(misfitOf(problem, ['endpoints', 'pay', 'successStatus'], said));
  }
  judgeStatus(walk, 'paid', row?.status);
  await judgeCache(walk, order.userId, balanceOf(after, order));
}

/** Looks whether a payment is seen in a balance that the API may cache. */
async function judgeCache(walk: Walk, ownId: Id, left: number): Promise<void> {
  if (!walk.has('unseenChange')) return;
  const userId = walk.id('user', ownId);
  const said = saidBalance(walk, await walk.succeed((api) => api.getBalance(userId)), userId);
  if (said === left) {
    walk.note('the balance is shown as the payment left it: only changes by SQL are not seen');
    return;
  }
  walk.add({
    problem: `after the payment the API shows a balance of ${said ?? 'nothing'}, and the table has ${left}`,
    property: ['policies', 'balancesAreCachedForMs'],
    suggestion: 'the target caches balances: say for how long, or turn the cache off for tests',
  });
}

async function topUp(walk: Walk): Promise<void> {
  const account = walk.fact('account');
  walk.fact('sameSystem');
  walk.endpoint('chargeBalance');
  const before = await readTables(walk);
  const userId = walk.id('user', account.userId);
  const answered = await walk.succeed((api) =>
    api.chargeBalance(userId, { amount: charged, idempotencyKey: walk.newKey() }),
  );
  walk.establish('topUp', true);
  const after = await readTables(walk);
  const added = balanceOf(after, account) - balanceOf(before, account);
  walk.judgeAnswer(answered, { fields: { userId, balance: balanceOf(after, account), chargedAmount: charged } });
  if (added === charged) return;
  throw new StepMisfit({
    problem: `the top-up was ${inWords(walk, charged)}, but the balance went up by ${inWords(walk, added)}`,
    property: ['money'],
    suggestion: 'check money.inJson and money.decimals, which determine the amount of the request',
  });
}

/** The life of an order: created, looked up, paid; and a top-up. */
export const createStep: Step = { title: 'create an order', provides: ['order'], run: createOrder };
export const lookUpStep: Step = { title: 'look the order up', run: lookUpOrder };
export const payStep: Step = { title: 'pay the order', provides: ['payment'], run: pay };
export const topUpStep: Step = { title: 'top the account up', provides: ['topUp'], run: topUp };
