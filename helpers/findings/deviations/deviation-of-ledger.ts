import { startUpper } from '../../text/words/start-upper.ts';
import type { Exchange } from '../../api/answers/exchange.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import { amountInWords, plainAmount } from '../../profile/amount-in-words.ts';
import { idSchema, type Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { isRecord } from '../../text/json.ts';
import { isChanging } from '../kinds/call-words.ts';
import { widestCircumstance } from '../kinds/circumstance-of.ts';
import type { Circumstance } from '../kinds/circumstances.ts';
import { callIn } from '../kinds/call-in.ts';
import type { Deviation } from './deviation.ts';
import { factOfBreach } from './fact-of-breach.ts';
import { kindOfBreach } from '../kinds/kind-of-breach.ts';

/** Returns whether a request or its answer names a user, an order or a product. */
const names = ({ request, response }: Exchange, id: Id): boolean =>
  [request.path, request.body, response?.body].some((text) => text?.split(/[^\w-]+/).includes(String(id)));

/** Returns the cancellations of the orders of a product: an answer to one need not say what was ordered. */
function cancellationsOf({ productId }: LedgerBreach, all: readonly Exchange[]): Exchange[] {
  if (productId === undefined) return [];
  const orders = all.flatMap((one) => {
    const id =
      one.name === 'createOrder' && isRecord(one.answer) ? idSchema.safeParse(one.answer.orderId).data : undefined;
    return id !== undefined && names(one, productId) ? [id] : [];
  });
  return all.filter(
    (one) => one.name === 'cancelOrder' && !names(one, productId) && orders.some((id) => names(one, id)),
  );
}

/** Returns whether a request is about an order of a user, whoever sends it. */
const isOfOrderOf = (userId: Id, all: readonly Exchange[]): ((exchange: Exchange) => boolean) => {
  const orders = all.flatMap((one) => {
    const isMade = one.name === 'createOrder' && one.outcome === 'ok' && names(one, userId);
    return isMade && isRecord(one.answer) ? [String(one.answer.orderId)] : [];
  });
  return ({ name, request }) =>
    name !== 'createOrder' && request.path.split(/[^\w-]+/).some((part) => orders.includes(part));
};

/**
 * Returns the breach that the tables show, and whose doing it is, as far as the requests of the test tell.
 *
 * @param breaches all of the test, this one among them
 * @param all the requests of the test
 * @param simplest its circumstance, where the requests show none
 */
export function deviationOfLedger(
  profile: TargetProfile,
  breach: LedgerBreach,
  breaches: readonly LedgerBreach[],
  all: readonly Exchange[],
  simplest: Circumstance,
): Deviation {
  const concerned = [breach.userId, breach.orderId, breach.productId].filter((id) => id !== undefined);
  const isOfOwnOrder = breach.userId === undefined ? () => false : isOfOrderOf(breach.userId, all);
  const made = all.filter(
    (exchange) => isChanging(exchange.name) && (concerned.some((id) => names(exchange, id)) || isOfOwnOrder(exchange)),
  );
  const { kind, call } = kindOfBreach(breach, breaches, [...made, ...cancellationsOf(breach, all)], profile);
  const isOfCall = ({ name }: Exchange): boolean => call === undefined || name === call;
  const ofOwn = made.filter(isOfCall);
  // A payment does not name the product that it takes.
  const ofCall = ofOwn.length > 0 ? ofOwn : all.filter(isOfCall);
  const circumstance = widestCircumstance(ofCall, all);
  // What was refused before has no part in what the books say.
  const isSimple = circumstance === 'once' || circumstance === 'after-refusal' || simplest === 'after-crash';
  const { expected, seen } = breach;
  const { money } = profile;
  const shownIn = isSimple ? simplest : circumstance;
  // The balances of both users are off, and neither alone tells why.
  const fact =
    kind === 'paid-foreign-order' && breach.check === 'money'
      ? `an order was paid from the balance of another user: user ${breach.userId} has ${amountInWords(seen ?? 0, money)} ` +
        `and should have ${plainAmount(expected ?? 0, money)}`
      : factOfBreach(breach, money);
  return {
    kind,
    ...(call !== undefined && { call }),
    circumstance: shownIn,
    sentence: `${startUpper(call === undefined ? fact : `${callIn(call, shownIn)}: ${fact}`)}.`,
    numbers: {
      ...(expected !== undefined && { expected }),
      ...(seen !== undefined && { seen }),
    },
    details: [],
    check: breach.check,
  };
}
