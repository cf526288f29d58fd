import type { Exchange } from './exchange.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** Whether an answer has the header that marks a replay, where the target has one. */
export function hasReplayHeader(
  { response }: Pick<Exchange, 'response'>,
  { policies }: Pick<TargetProfile, 'policies'>,
): boolean {
  const { header } = policies.replay;
  return header !== undefined && response?.headers[header.name.toLowerCase()] === header.value;
}

/** Whether the answer to a top-up says that it repeats an earlier one: by that header, or by a status of replays alone. */
export function isReplayedCharge(
  exchange: Pick<Exchange, 'response'>,
  profile: Pick<TargetProfile, 'policies' | 'endpoints'>,
): boolean {
  const { chargeBalance } = profile.endpoints;
  const { chargeStatus } = profile.policies.replay;
  const hasOwnStatus = 'success' in chargeBalance && chargeBalance.success !== chargeStatus;
  return hasReplayHeader(exchange, profile) || (hasOwnStatus && exchange.response?.status === chargeStatus);
}
