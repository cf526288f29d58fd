import { describeAnswer, type Exchange } from '../../api/answers/exchange.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { classifyRefusal } from '../../refusals/classify-refusal.ts';
import { counted } from '../../text/words/counted.ts';
import { groupedBy } from '../../text/words/grouped-by.ts';

/** Returns whether an answer is wrong whatever was asked: a server error, or a form that was not promised. */
export const isWrongAnswer = ({ refusal, malformed = [] }: Exchange): boolean =>
  refusal?.reason === 'server-error' || malformed.length > 0;

/**
 * Returns whether a refusal was answered with the status of a success: its body has the code of a refusal, and not the
 * fields of an answer.
 */
export const isRefusalAsSuccess = (profile: TargetProfile, { outcome, answer, response }: Exchange): boolean =>
  outcome === 'ok' &&
  answer === undefined &&
  response !== undefined &&
  classifyRefusal(profile, response.status, response.body).namedBy === 'code';

const problemsOf = (exchange: Exchange): string[] => {
  const { request, refusal, malformed = [] } = exchange;
  const place = `${request.method} ${request.path}`;
  return refusal?.reason === 'server-error'
    ? [`${place} failed inside: ${describeAnswer(exchange)}`]
    : malformed.map((problem) => `${place} answered in another form than promised: ${problem}`);
};

/**
 * Returns what is wrong with some answers, a line each; those of one call that fail in the same way share a line. What
 * the errors of the test show already is left out.
 */
export function wrongAnswers(exchanges: readonly Exchange[], errors: readonly string[]): string[] {
  const isShown = ({ request }: Exchange): boolean =>
    errors.some((error) => error.includes(`${request.method} ${request.path}`));
  const wrong = exchanges.filter((exchange) => isWrongAnswer(exchange) && !isShown(exchange));
  const alike = groupedBy(wrong, ({ name, response, malformed = [] }) =>
    JSON.stringify([name, response?.status, ...malformed]),
  );
  return [...alike.values()].flatMap(([first, ...others]) =>
    (first ? problemsOf(first) : []).map((problem) =>
      others.length === 0 ? problem : `${problem} (and ${counted(others.length, 'more answer')} like it)`,
    ),
  );
}
