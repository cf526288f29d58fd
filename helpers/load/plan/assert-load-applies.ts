import { needed } from '../../profile/endpoint-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

/** Makes sure that a target has what a load run sends and audits. @throws UserError that says what it lacks, and why. */
export function assertLoadApplies({ endpoints, tables }: TargetProfile): void {
  needed(endpoints.pay, 'a call that pays an order');
  needed(tables.payments, 'a table of payments');
  needed(tables.balances, 'balances');
}
