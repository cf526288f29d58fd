import type { TargetProfile } from '../../../profile/target-profile.ts';
import { quoted } from './shell-words.ts';

/**
 * Returns the substitution that reads the id of an order from the answer that has made it: from its body, or from the
 * header where the profile says so.
 *
 * @param number of the request, or a variable that holds it
 * @example "$(id_in 1 'orderId')"
 */
export function namedOrder({ endpoints }: Pick<TargetProfile, 'endpoints'>, number: number | string): string {
  const { answer, idInHeader = '' } = endpoints.createOrder;
  return answer.orderId === undefined
    ? `$(id_in_header ${number} ${quoted(idInHeader)})`
    : `$(id_in ${number} ${quoted(answer.orderId)})`;
}
