import type { NeededRow } from '../../database/gated-row.ts';
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

const send: Readonly<Record<KeyedCall, (walk: Walk) => Promise<Seen>>> = {
  async pay(walk) {
    walk.fact('payment');
    const account = walk.fact('account');
    const { orderId } = await placeOrder(walk, { account, product: walk.fact('product') });
    const idempotencyKey = walk.newKey();
    return sendTwice(walk, { balanceOf: account }, () =>
      walk.send((api) =>
        api.pay(walk.id('order', orderId), { userId: walk.id('user', account.userId), idempotencyKey }),
      ),
    );
  },
  chargeBalance(walk) {
    walk.fact('topUp');
    const account = walk.fact('account');
    const idempotencyKey = walk.newKey();
    return sendTwice(walk, { balanceOf: account }, () =>
      walk.send((api) => api.chargeBalance(walk.id('user', account.userId), { amount: 1_000, idempotencyKey })),
    );
  },
  createOrder(walk) {
    walk.fact('order');
    const [account, product] = [walk.fact('account'), walk.fact('product')];
    const idempotencyKey = walk.newKey();
    const items = [{ productId: walk.id('product', product.productId), quantity: 1 }];
    return sendTwice(walk, { product }, () =>
      walk.send((api) => api.createOrder({ userId: walk.id('user', account.userId), items, idempotencyKey })),
    );
  },
};

/** Compares what happens to duplicates in flight with the profile; where calls differ, either is right. */
async function duplicatesInFlight(walk: Walk, seen: Set<Seen>, call: KeyedCall): Promise<void> {
  if (!walk.endpoint(call).key) throw new NotApplicable(`according to the profile, ${call} takes no idempotency keys`);
  const shown = await send[call](walk);
  if (shown === undefined) {
    walk.note('its duplicate could not be sent while it waited for a locked row');
    return;
  }
  seen.add(shown);
  const value = seen.size > 1 ? 'either' : shown;
  const was = shown === 'refuse' ? 'refused' : 'made to wait';
  if (walk.profile.policies.inFlightDuplicates !== value) {
    walk.add(misfitOf(`a duplicate in flight is ${was}`, ['policies', 'inFlightDuplicates'], value));
  }
}

/** Returns the steps that show whether duplicates in flight are refused or made to wait, for one walk. */
export function inFlightSteps(): readonly Step[] {
  const seen = new Set<Seen>();
  const step = (title: string, call: KeyedCall): Step => ({
    title,
    run: (walk) => duplicatesInFlight(walk, seen, call),
  });
  return [
    step('send a payment again while it is in flight', 'pay'),
    step('send a top-up again while it is in flight', 'chargeBalance'),
    step('send an order again while it is in flight', 'createOrder'),
  ];
}
