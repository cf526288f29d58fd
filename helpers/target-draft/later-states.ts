import type { TargetProfile } from '../profile/target-profile.ts';
import type { Evidence } from './evidence.ts';
import { stateWords } from './state-words.ts';

/** Words for what becomes of an order once it is paid, and for nothing before. */
const afterPayment = /SHIP|DELIVER|DISPATCH|REFUND|RETURN|배송|발송|출고|수령|구매\s?확정|환불|반품/i;

/**
 * Returns the words for states that a paid order moves on to, and where they are from. Without a table there are none,
 * since scenarios set them there.
 *
 * @param profile with the words for orders that are pending, paid and cancelled, as far as they were seen.
 */
export function laterStates(
  evidence: Pick<Evidence, 'operations' | 'schema' | 'source'>,
  profile: TargetProfile,
): { readonly words: readonly string[]; readonly ground: string } {
  const { pending, paid, cancelled } = profile.orderStatus;
  const { words, ground, column } = stateWords(evidence, profile);
  const later = words.filter((word) => afterPayment.test(word) && ![pending, paid, cancelled].includes(word));
  return { words: column ? later : [], ground };
}
