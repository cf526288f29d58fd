import { Blocked } from '../../text/blocked.ts';
import { groupedInWords } from '../../profile/amount-in-words.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { curingSql } from '../plan/capacity.ts';
import type { LoadPlan } from '../plan/load-plan.ts';
import type { LoadBudget } from '../measure/load-summary.ts';

/** Error: balance or stock that is there cannot suffice for a load run. */
export class Shortfall extends Blocked {
  /** The arithmetic that says so. */
  readonly budget: LoadBudget;

  /** @param cure what to do about it, as a sentence or more. */
  constructor({ money }: TargetProfile, budget: LoadBudget, cure: string) {
    const { neededPerAccount, neededPerProduct, lowestBalance = 0, lowestStock = 0 } = budget;
    super(
      `What is there cannot suffice: the run needs ${groupedInWords(neededPerAccount, money)} an account and ` +
        `${neededPerProduct.toLocaleString('en-US')} in stock a product, but the lowest account holds ${groupedInWords(lowestBalance, money)} ` +
        `and the lowest stock is ${lowestStock.toLocaleString('en-US')}. ${cure}`,
    );
    this.budget = budget;
  }
}

/** Returns the SQL that gives accounts and products what they lack, and nothing to those that have enough. */
export function lackingSql(
  profile: TargetProfile,
  plan: LoadPlan,
  { neededPerAccount, neededPerProduct, lowestBalance = 0, lowestStock = 0 }: LoadBudget,
): string {
  return curingSql(profile, plan, {
    ...(lowestBalance < neededPerAccount && { balance: neededPerAccount }),
    ...(lowestStock < neededPerProduct && { stock: neededPerProduct }),
  });
}
