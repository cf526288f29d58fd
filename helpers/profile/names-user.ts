import { isMissing } from './endpoint-forms.ts';
import type { TargetProfile } from './target-profile.ts';

/**
 * Returns whether a request of this call says whose it is: in its body, in its path, or by who is logged in. Where it does
 * not, nobody can act on what belongs to somebody else.
 */
export function namesUser(
  { endpoints, authentication }: TargetProfile,
  call: 'pay' | 'createOrder' | 'getOrder' | 'cancelOrder' | 'chargeBalance',
): boolean {
  const endpoint = endpoints[call];
  if (isMissing(endpoint)) return false;
  const inBody = 'body' in endpoint && endpoint.body.userId !== undefined;
  return inBody || endpoint.path.includes('{userId}') || authentication?.by === 'log-in';
}
