import { describeOutcome, maxShownLength, shownBody, type Exchange } from './exchange.ts';
import { UserError } from '../text/user-error.ts';

/** Returns the first line of the error about an exchange that should have succeeded. */
export const unexpectedAnswerText = (exchange: Exchange): string =>
  `${exchange.request.method} ${exchange.request.path} should have succeeded, but: ${describeOutcome(exchange)}`;

/** Returns the answer of an exchange that must have succeeded. @throws UserError that shows what came instead. */
export function requireAnswer<Answer>(exchange: Exchange<Answer>): Answer {
  if (exchange.answer !== undefined && !exchange.malformed) return exchange.answer;
  const { response, malformed } = exchange;
  throw new UserError(
    [
      unexpectedAnswerText(exchange),
      ...(malformed ?? []),
      ...(response?.body ? [shownBody(response.body, maxShownLength.inError)] : []),
    ].join('\n'),
  );
}
