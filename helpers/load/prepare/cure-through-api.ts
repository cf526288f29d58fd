import { groupedInWords } from '../../profile/amount-in-words.ts';
import { isOffered } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import type { LoadBudget } from '../measure/load-summary.ts';

/** Returns half a sentence on how accounts and products get what a run needs where no SQL can be run. */
export function cureThroughApi(
  { endpoints: { chargeBalance }, money }: TargetProfile,
  { userIds, productIds }: Pick<LoadPlan, 'userIds' | 'productIds'>,
  needed: { readonly balance?: number; readonly stock?: number },
): string {
  const topUp = isOffered(chargeBalance)
    ? `top up users ${userIds.first}-${userIds.last} to ${groupedInWords(needed.balance ?? 0, money)} each through the API (${chargeBalance.method} ${chargeBalance.path})`
    : `set USER_IDS to users with ${groupedInWords(needed.balance ?? 0, money)} each (the target has no top-up)`;
  const restock =
    `set PRODUCT_IDS to products with ${(needed.stock ?? 0).toLocaleString('en-US')} in stock each, since the API ` +
    `cannot refill products ${productIds.first}-${productIds.last}`;
  return [...(needed.balance === undefined ? [] : [topUp]), ...(needed.stock === undefined ? [] : [restock])].join(
    ' and ',
  );
}

/** Returns half a sentence on how accounts and products that have too little get what they lack. */
export function lackingThroughApi(
  profile: TargetProfile,
  plan: Pick<LoadPlan, 'userIds' | 'productIds'>,
  { neededPerAccount, neededPerProduct, lowestBalance = 0, lowestStock = 0 }: LoadBudget,
): string {
  return cureThroughApi(profile, plan, {
    ...(lowestBalance < neededPerAccount && { balance: neededPerAccount }),
    ...(lowestStock < neededPerProduct && { stock: neededPerProduct }),
  });
}
