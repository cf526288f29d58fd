import type { TargetProfile } from '../../../profile/target-profile.ts';

/** Returns the status that a replay of a call has; undefined for a call without keys. */
export function statusOfReplay({ policies }: TargetProfile, call: string): number | undefined {
  const { paymentStatus, orderStatus, chargeStatus } = policies.replay;
  return new Map([
    ['pay', paymentStatus],
    ['createOrder', orderStatus],
    ['chargeBalance', chargeStatus],
  ]).get(call);
}
