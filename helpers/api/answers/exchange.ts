import type { Refusal } from '../../refusals/classify-refusal.ts';
import type { Json } from '../../text/json.ts';
import { shownLine, shownText } from '../../text/shown-text.ts';
import type { Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

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
  /** For how long its request waited before it was let in, in milliseconds. */
  readonly waitedMs?: number;
}

/**
 * One request and its outcome: `ok` (2xx), `refused` (any other answer, classified), or `unknown` (no answer arrived, or
 * one that says no more than that, so it may or may not have taken effect).
 */
export interface Exchange<Answer = unknown> {
  readonly name: CallName;
  /** Where its endpoint takes no keys it is not sent, and still says which requests are meant to be one. */
  readonly idempotencyKey?: Json;
  readonly request: SentRequest;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  readonly response?: ReceivedResponse;
  /** The answer's content under the suite's names, when it is `ok` and well-formed. */
  readonly answer?: Answer;
  /** Errors in the form of an `ok` answer, a line each. */
  readonly malformed?: readonly string[];
  readonly refusal?: Refusal;
  /** The database was made to end its transaction: whatever error it was answered with leaves open what became of it. */
  readonly isInterrupted?: true;
  /** A gateway delivered it beside another one, for the same client, and kept its answer to itself. */
  readonly isKept?: true;
  /** The reason why no answer arrived. */
  readonly failure?: string;
  /** When it was sent, in ms on the process's own clock (`performance.now()`). */
  readonly sentAtMs: number;
  readonly durationMs: number;
  /** The user as whom it was sent, where users log in or have headers of their own. */
  readonly sentBy?: Id;
  /** The place of the instance that it was sent to among several of one service, where it was not the first. */
  readonly instance?: number;
}

// A longer text is neither a code nor a reason.
const maxPhraseLength = 100;

/** Describes an outcome in one line: `409 balance (PAY001, required 50000, available 1000)`. */
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

/** Maximum length of a body in a sentence, in an error, and in an attachment. */
export const maxShownLength = { inSentence: 300, inError: 500, attached: 2000 } as const;

/** Returns a body as it is shown to people: a long one is shortened. */
export const shownBody = (body: string, maxLength: number = maxShownLength.attached): string =>
  shownText(body, maxLength);

/**
 * Describes an answer in a sentence: its outcome, and the start of its body where the outcome alone says too little.
 */
export function describeAnswer(exchange: Exchange): string {
  const { response, refusal, malformed, outcome } = exchange;
  const saysEnough = refusal !== undefined && refusal.namedBy !== 'nothing' && refusal.reason !== 'server-error';
  if (!response || (outcome === 'ok' && !malformed) || saysEnough) return describeOutcome(exchange);
  const body = shownLine(response.body.trim(), maxShownLength.inSentence);
  return `${describeOutcome(exchange)}: ${body === '' ? 'an empty body' : body}`;
}

const atInstance = ({ instance }: Exchange): string => (instance === undefined ? '' : ` (at instance ${instance + 1})`);

const exchangeText = (exchange: Exchange, maxBodyLength: number): string => {
  const { request, response, durationMs } = exchange;
  const lines = [`${request.method} ${request.path}${atInstance(exchange)}`];
  if (request.body !== undefined) lines.push(`  ${shownBody(request.body, maxBodyLength)}`);
  lines.push(`→ ${describeOutcome(exchange)}, ${Math.round(durationMs)} ms`);
  if (response?.body) lines.push(`  ${shownBody(response.body, maxBodyLength)}`);
  for (const problem of exchange.malformed ?? []) lines.push(`  malformed: ${problem}`);
  return lines.join('\n');
};

/** Describes request and answer for people: what was sent, what came back, how it was classified. */
export function describeExchange(exchange: Exchange): string {
  return exchangeText(exchange, maxShownLength.inError);
}

/** Describes the same with more of long bodies, for an attachment. */
export function describeExchangeAtLength(exchange: Exchange): string {
  return exchangeText(exchange, maxShownLength.attached);
}
