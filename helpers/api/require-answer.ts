import { describeOutcome, maxShownLength, shownBody, type Exchange } from './exchange.ts';
import { UserError } from '../text/user-error.ts';

/** Returns the answer of an exchange that must have succeeded. @throws UserError that shows what came instead. */
export function requireAnswer<Answer>(exchange: Exchange<Answer>): Answer {
  if (exchange.answer !== undefined && !exchange.malformed) return exchange.answer;
  const { request, response, malformed } = exchange;
  throw new UserError(
    [
      `${request.method} ${request.path} should have succeeded, but: ${describeOutcome(exchange)}`,
      ...(malformed ?? []),
      ...(response?.body ? [shownBody(response.body, maxShownLength.inError)] : []),
    ].join('\n'),
  );
}
