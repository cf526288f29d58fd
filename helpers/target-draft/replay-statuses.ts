import { isOffered } from '../profile/endpoint-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Lesson } from './learn.ts';

const calls = { paymentStatus: 'pay', orderStatus: 'createOrder', chargeStatus: 'chargeBalance' } as const;

/** Returns a profile in which a replay has the status of its call, except where a lesson has shown another one. */
export function withReplayStatuses(profile: TargetProfile, lessons: readonly Lesson[] = []): TargetProfile {
  const { replay } = profile.policies;
  const statusOf = (name: keyof typeof calls): number => {
    const endpoint = profile.endpoints[calls[name]];
    const isSeen = lessons.some(({ property }) => property.join('.') === `policies.replay.${name}`);
    return isSeen || !isOffered(endpoint) ? replay[name] : endpoint.success;
  };
  const statuses = {
    paymentStatus: statusOf('paymentStatus'),
    orderStatus: statusOf('orderStatus'),
    chargeStatus: statusOf('chargeStatus'),
  };
  return { ...profile, policies: { ...profile.policies, replay: { ...replay, ...statuses } } };
}
