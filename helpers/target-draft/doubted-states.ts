import type { CallName } from '../api/answers/exchange.ts';
import type { OrderState } from '../profile/order-state.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Evidence } from './evidence.ts';
import { assumed } from './match/grounds.ts';
import { stateWords } from './state-words.ts';

/** The calls whose success shows the word for a state. */
const shownBy = { pending: 'createOrder', paid: 'pay', cancelled: 'cancelOrder' } as const;

/**
 * Returns the states of orders whose word is that of the reference, was not seen, and is none of those that the column or
 * the document lists, with the ground to say so.
 *
 * @param succeeded calls that have succeeded.
 */
export function doubtedStates(
  evidence: Pick<Evidence, 'operations' | 'schema' | 'source'>,
  profile: TargetProfile,
  succeeded: ReadonlySet<CallName>,
): { readonly state: OrderState; readonly ground: string }[] {
  const { words, ground: source } = stateWords(evidence, profile);
  const ground = assumed(`not seen, and none of those ${source}: ${words.join(', ')}`);
  return (['pending', 'paid', 'cancelled'] as const).flatMap((state) => {
    const isTold = words.length === 0 || words.includes(profile.orderStatus[state]);
    return isTold || succeeded.has(shownBy[state]) ? [] : [{ state, ground }];
  });
}
