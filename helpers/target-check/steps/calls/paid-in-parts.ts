import { plainAmount } from '../../../profile/amount-in-words.ts';
import { balanceOf, readTables } from '../place-order.ts';
import type { OwnOrder } from '../facts.ts';
import type { Walk } from '../walk.ts';

/** How a misfit of several payments begins, by which a draft finds it. */
export const onePaymentOnly = 'a profile knows one payment an order';

const maxParts = 4;

/**
 * Returns in how many payments an order is paid whose first one took a part of its total: pays until the balance went
 * down by all of it. Undefined where that never comes, which is no way to pay but a wrong debit.
 */
async function partsOf(walk: Walk, order: OwnOrder, debt: number): Promise<number | undefined> {
  const before = balanceOf(await readTables(walk), order);
  for (let part = 2; part <= maxParts; part += 1) {
    const paid = await walk.send((api) =>
      api.pay(walk.id('order', order.orderId), {
        userId: walk.id('user', order.userId),
        idempotencyKey: walk.newKey(),
      }),
    );
    if (paid.outcome !== 'ok') return undefined;
    if (before - balanceOf(await readTables(walk), order) === debt) return part;
  }
  return undefined;
}

/**
 * Judges a payment that took less than the total. Where further payments take exactly the rest (a deposit and the
 * balance of it), no profile can say so; whether that is meant, only a human knows.
 */
export async function judgePart(
  walk: Walk,
  order: OwnOrder,
  { total, debited }: { readonly total: number; readonly debited: number },
): Promise<boolean> {
  if (debited <= 0 || debited >= total) return false;
  const parts = await partsOf(walk, order, total - debited);
  if (parts === undefined) return false;
  const { money } = walk.profile;
  walk.add({
    problem: `the order of ${plainAmount(total, money)} is paid in ${parts} payments, the first one of ${plainAmount(debited, money)}`,
    property: ['endpoints', 'pay'],
    suggestion: `${onePaymentOnly}: where several are meant, say pay: notOffered('an order is paid in several payments'); the promises of orders, stock and top-ups still hold`,
  });
  return true;
}
