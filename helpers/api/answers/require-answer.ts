import { describeOutcome, maxShownLength, shownBody, type Exchange } from './exchange.ts';
import { UserError } from '../../text/user-error.ts';

/** Returns the first line of the error about an exchange that should have succeeded. */
export const unexpectedAnswerText = (exchange: Exchange): string =>
  `${exchange.request.method} ${exchange.request.path} should have succeeded, but: ${describeOutcome(exchange)}`;

/** Both say that it is done. What is merely accepted may be done later, or never. */
const doneStatuses: readonly (number | undefined)[] = [200, 201];

/**
 * Returns whether nothing is wrong with an answer but its status: the ledger says so, and there is no need to end the
 * test.
 */
const isWrongInStatusAlone = ({ response, malformed = [] }: Exchange): boolean =>
  doneStatuses.includes(response?.status) && malformed.every((problem) => problem.startsWith('status '));

/**
 * Returns the answer of an exchange that must have succeeded.
 *
 * @throws UserError that shows what came instead
 */
export function requireAnswer<Answer>(exchange: Exchange<Answer>): Answer {
  const isUsable = !exchange.malformed || isWrongInStatusAlone(exchange);
  if (exchange.answer !== undefined && isUsable) return exchange.answer;
  const { response, malformed } = exchange;
  throw new UserError(
    [
      unexpectedAnswerText(exchange),
      ...(malformed ?? []),
      ...(response?.body ? [shownBody(response.body, maxShownLength.inError)] : []),
    ].join('\n'),
  );
}
