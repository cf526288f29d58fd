import { answerReaders, type ReadAnswer } from '../../api/answers/answers.ts';
import type { CallName } from '../../api/answers/exchange.ts';
import { moneyCodec } from '../../profile/money-codec.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

const readerNames = {
  getBalance: 'balance',
  chargeBalance: 'charge',
  getProduct: 'product',
  createOrder: 'createdOrder',
  getOrder: 'order',
  cancelOrder: 'cancelledOrder',
  pay: 'payment',
} as const;

/** A call whose answer has content. */
export type AnsweringCall = Exclude<CallName, 'health'>;

/**
 * Reads an answer with a profile, which may have been corrected since the request.
 *
 * @param asked values of the request for fields that the answer may leave out, amounts in the smallest unit.
 */
export function readAnswer(
  name: AnsweringCall,
  json: unknown,
  profile: TargetProfile,
  asked: Readonly<Record<string, unknown>>,
  headers?: Readonly<Record<string, string>>,
): ReadAnswer<unknown> {
  const { toJson } = moneyCodec(profile.money);
  // A value for a field that the answer leaves out is read as if it were in the answer.
  const amounts = (['chargedAmount', 'totalAmount'] as const).flatMap((field) => {
    const amount = asked[field];
    return typeof amount === 'number' ? [[field, toJson(amount)] as const] : [];
  });
  return answerReaders(profile)[readerNames[name]](json, { ...asked, ...Object.fromEntries(amounts) }, headers);
}
