import type { NeededRow } from '../../database/locks/gated-row.ts';
import type { KeyedCall } from '../../profile/tables.ts';
import { misfitOf } from '../../target-check/judge/misfit.ts';
import type { Answered } from '../../target-check/steps/facts.ts';
import { placeOrder } from '../../target-check/steps/place-order.ts';
import { NotApplicable } from '../../target-check/steps/step-ends.ts';
import type { Step } from '../../target-check/steps/step.ts';
import type { Walk } from '../../target-check/steps/walk.ts';

const maxWaitMs = 1500;

/** A duplicate that was sent while its first request waited: refused meanwhile, made to wait, or neither was forced. */
type Seen = 'refuse' | 'wait' | undefined;

/** Returns a request with a way to see whether it is over. */
function watched(answer: Promise<Answered>): { readonly answer: Promise<Answered>; readonly isOver: () => boolean } {
  const state = { isOver: false };
  const over = answer.finally(() => {
    state.isOver = true;
  });
  // Its failure is thrown where it is awaited.
  over.catch(() => undefined);
  return { answer: over, isOver: () => state.isOver };
}

/** Sends a request that waits for a locked row, and its duplicate while it waits. */
async function sendTwice(walk: Walk, row: NeededRow, send: () => Promise<Answered>): Promise<Seen> {
  const gate = await (await walk.rows()).holdRow(row);
  const first = watched(send());
  try {
    await gate.untilStill(1, first.isOver);
    if (first.isOver()) {
      await first.answer;
      return undefined;
    }
    const duplicate = watched(send());
    await Promise.race([duplicate.answer.catch(() => undefined), gate.untilWaiting(2, duplicate.isOver, maxWaitMs)]);
    const wasAnswered = duplicate.isOver() && !first.isOver();
    await gate.open();
    await Promise.allSettled([first.answer, duplicate.answer]);
    await first.answer;
    const { outcome, ...answer } = await duplicate.answer;
    if (outcome === 'ok') return wasAnswered ? undefined : 'wait';
    // What waited and is refused then was no duplicate in flight any more.
    if (!wasAnswered) return undefined;
    walk.judgeRefusal({ outcome, ...answer }, 'in-progress');
    return 'refuse';
  } finally {
    await gate.open();
  }
}

const burst = 6;

/**
 * Sends a request and its duplicates at once, with nothing locked: one that would wait for a locked row may be refused
 * where none is.
 */
async function sendAtOnce(walk: Walk, send: () => Promise<Answered>): Promise<Seen> {
  const settled = await Promise.allSettled(Array.from({ length: burst }, send));
  const answers = settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  // A duplicate that the API fails is its failure, as any other; nothing is concluded from what else was answered.
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
  const refused = answers.filter(({ refusal }) => refusal?.reason === 'in-progress');
  const [first] = refused;
  if (!first || !answers.some(({ outcome }) => outcome === 'ok')) return undefined;
  walk.judgeRefusal(first, 'in-progress');
  return 'refuse';
}

/** A request that waits where a row is locked. */
interface Waiting {
  readonly row: NeededRow;
  readonly send: () => Promise<Answered>;
}

/** Returns each call with a key of its own. */
const waiting: Readonly<Record<KeyedCall, (walk: Walk) => Promise<Waiting>>> = {
  async pay(walk) {
    walk.fact('payment');
    const account = walk.fact('account');
    const { orderId } = await placeOrder(walk, { account, product: walk.fact('product') });
    const payment = { userId: walk.id('user', account.userId), idempotencyKey: walk.newKey() };
    return {
      row: { balanceOf: account },
      send: () => walk.send((api) => api.pay(walk.id('order', orderId), payment)),
    };
  },
  chargeBalance(walk) {
    walk.fact('topUp');
    const account = walk.fact('account');
    const topUp = { amount: 1_000, idempotencyKey: walk.newKey() };
    const send = () => walk.send((api) => api.chargeBalance(walk.id('user', account.userId), topUp));
    return Promise.resolve({ row: { balanceOf: account }, send });
  },
  createOrder(walk) {
    walk.fact('order');
    const [account, product] = [walk.fact('account'), walk.fact('product')];
    const items = [{ productId: walk.id('product', product.productId), quantity: 1 }];
    const order = { userId: walk.id('user', account.userId), items, idempotencyKey: walk.newKey() };
    return Promise.resolve({ row: { product }, send: () => walk.send((api) => api.createOrder(order)) });
  },
};

/** Adds what happens to the duplicates of a call, forced to meet and not. */
async function duplicatesInFlight(walk: Walk, seen: Set<Seen>, call: KeyedCall): Promise<void> {
  if (!walk.endpoint(call).key) throw new NotApplicable(`according to the profile, ${call} takes no idempotency keys`);
  const { row, send } = await waiting[call](walk);
  const forced = await sendTwice(walk, row, send);
  const unforced = await sendAtOnce(walk, (await waiting[call](walk)).send);
  // Only now: where the API fails one of the two, the other one tells nothing.
  for (const one of [forced, unforced]) if (one !== undefined) seen.add(one);
}

/** Compares all that was seen with the profile; where calls or moments differ, either is right. */
function judgeDuplicates(walk: Walk, seen: ReadonlySet<Seen>): Promise<void> {
  const [first, ...others] = seen;
  if (first === undefined) return Promise.reject(new NotApplicable('no duplicate was seen in flight'));
  const value = others.length > 0 ? 'either' : first;
  const was = { refuse: 'refused', wait: 'made to wait', either: 'refused or made to wait' }[value];
  if (walk.profile.policies.inFlightDuplicates !== value) {
    walk.add(misfitOf(`a duplicate in flight is ${was}`, ['policies', 'inFlightDuplicates'], value));
  }
  return Promise.resolve();
}

/** How the titles of the steps end that send duplicates. */
export const whileInFlight = 'again while it is in flight';

/** The title of the step that judges all that was seen. */
export const judgesDuplicates = 'see what duplicates in flight were answered';

/** Returns the steps that show whether duplicates in flight are refused or made to wait, for one walk. */
export function inFlightSteps(): readonly Step[] {
  const seen = new Set<Seen>();
  const step = (title: string, call: KeyedCall): Step => ({
    title,
    run: (walk) => duplicatesInFlight(walk, seen, call),
  });
  return [
    step(`send a payment ${whileInFlight}`, 'pay'),
    step(`send a top-up ${whileInFlight}`, 'chargeBalance'),
    step(`send an order ${whileInFlight}`, 'createOrder'),
    {
      title: judgesDuplicates,
      run: (walk) => judgeDuplicates(walk, seen),
    },
  ];
}
