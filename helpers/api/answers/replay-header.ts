import type { Exchange } from './exchange.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

/** Returns whether an answer has the header that marks a replay, where the target has one. */
export function hasReplayHeader(
  { response }: Pick<Exchange, 'response'>,
  { policies }: Pick<TargetProfile, 'policies'>,
): boolean {
  const { header } = policies.replay;
  return header !== undefined && response?.headers[header.name.toLowerCase()] === header.value;
}

/**
 * Returns whether the answer to a top-up is marked as a replay: by that header, or by a status that only replays have.
 */
export function isReplayedCharge(
  exchange: Pick<Exchange, 'response'>,
  profile: Pick<TargetProfile, 'policies' | 'endpoints'>,
): boolean {
  const { chargeBalance } = profile.endpoints;
  const { chargeStatus } = profile.policies.replay;
  const hasOwnStatus = 'success' in chargeBalance && chargeBalance.success !== chargeStatus;
  return hasReplayHeader(exchange, profile) || (hasOwnStatus && exchange.response?.status === chargeStatus);
}
