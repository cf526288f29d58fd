import type { Refusal } from '../refusals/classify-refusal.ts';
import type { Json } from '../text/json.ts';
import { shownLine, shownText } from '../text/shown-text.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/** The calls that a target's API has. */
export type CallName = keyof TargetProfile['endpoints'];

/** A request as it was sent. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer as it arrived; header names in lower case. */
export interface ReceivedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * One request and what became of it: `ok` (2xx), `refused` (any other answer, classified), or `unknown` (no answer
 * arrived, so whether it took effect is an open question).
 */
export interface Exchange<Answer = unknown> {
  readonly name: CallName;
  readonly idempotencyKey?: Json;
  readonly request: SentRequest;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  readonly response?: ReceivedResponse;
  /** The answer's content under the suite's names, when it is `ok` and has the promised form. */
  readonly answer?: Answer;
  /** What is wrong with the form of an `ok` answer, a line each. */
  readonly malformed?: readonly string[];
  readonly refusal?: Refusal;
  /** Why no answer arrived. */
  readonly failure?: string;
  readonly durationMs: number;
}

// A code or a reason: what is longer is no such thing.
const maxPhraseLength = 100;

/** How a request was answered, in one line: `409 balance (PAY001, required 50000, available 1000)`. */
export function describeOutcome({ response, refusal, failure, malformed }: Exchange): string {
  if (!response) return `no answer (${shownLine(failure ?? 'lost', maxPhraseLength)})`;
  if (!refusal) return `${response.status}${malformed ? ' with a malformed body' : ''}`;
  const details = [
    refusal.code !== undefined && shownLine(refusal.code, maxPhraseLength),
    refusal.required !== undefined && `required ${refusal.required}`,
    refusal.available !== undefined && `available ${refusal.available}`,
    refusal.namedBy === 'nothing' && 'no cause named',
  ].filter(Boolean);
  return `${response.status} ${refusal.reason}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

/** How long a body may be where it is shown: within a sentence, within an error, in an attachment. */
export const maxShownLength = { inSentence: 300, inError: 500, attached: 2000 } as const;

/** A body as it is shown to people: a long one is cut. */
export const shownBody = (body: string, most: number = maxShownLength.attached): string => shownText(body, most);

/** What came back, in a sentence: the outcome, and the beginning of the body where the outcome alone says too little. */
export function describeAnswer(exchange: Exchange): string {
  const { response, refusal, malformed, outcome } = exchange;
  const saysEnough = refusal !== undefined && refusal.namedBy !== 'nothing' && refusal.reason !== 'server-error';
  if (!response || (outcome === 'ok' && !malformed) || saysEnough) return describeOutcome(exchange);
  const body = shownLine(response.body.trim(), maxShownLength.inSentence);
  return `${describeOutcome(exchange)}: ${body === '' ? 'an empty body' : body}`;
}

const exchangeText = (exchange: Exchange, maxBodyLength: number): string => {
  const { request, response, durationMs } = exchange;
  const lines = [`${request.method} ${request.path}`];
  if (request.body !== undefined) lines.push(`  ${shownBody(request.body, maxBodyLength)}`);
  lines.push(`→ ${describeOutcome(exchange)}, ${Math.round(durationMs)} ms`);
  if (response?.body) lines.push(`  ${shownBody(response.body, maxBodyLength)}`);
  for (const problem of exchange.malformed ?? []) lines.push(`  malformed: ${problem}`);
  return lines.join('\n');
};

/** Request and answer as text for people: what was sent, what came back, how it was classified. */
export function describeExchange(exchange: Exchange): string {
  return exchangeText(exchange, maxShownLength.inError);
}

/** The same with more of long bodies, for an attachment. */
export function describeExchangeAtLength(exchange: Exchange): string {
  return exchangeText(exchange, maxShownLength.attached);
}
