import { isDeepStrictEqual } from 'node:util';
import type { Exchange } from '../../api/answers/exchange.ts';
import { comparableKey, isRecord, parseJson } from '../../text/json.ts';
import { isChanging } from './call-words.ts';
import type { Circumstance } from './circumstances.ts';

const overlap = (one: Exchange, other: Exchange): boolean =>
  one.sentAtMs < other.sentAtMs + other.durationMs && other.sentAtMs < one.sentAtMs + one.durationMs;

/** Returns whether two bodies are the same JSON, whatever the order of their fields. */
const isSameBody = (one: string | undefined, other: string | undefined): boolean => {
  if (one === other) return true;
  const [first, second] = [one, other].map((body) => parseJson(body ?? ''));
  return isRecord(first) && isDeepStrictEqual(first, second);
};

const isSameRequest = ({ request: one }: Exchange, { request: other }: Exchange): boolean =>
  one.path === other.path && isSameBody(one.body, other.body);

const hasSameKey = ({ idempotencyKey: one }: Exchange, { idempotencyKey: other }: Exchange): boolean =>
  one !== undefined && other !== undefined && comparableKey(one) === comparableKey(other);

/** Returns the first other request that was sent with the key of a request. */
export const otherUseOf = (exchange: Exchange, all: readonly Exchange[]): Exchange | undefined =>
  all.find((other) => isChanging(other.name) && hasSameKey(exchange, other) && !isSameRequest(exchange, other));

const whileInFlight = (exchange: Exchange, others: readonly Exchange[]): Circumstance => {
  const ofSameCall = others.filter(({ name }) => name === exchange.name);
  if (ofSameCall.length === 0) return 'in-flight-other-call';
  return ofSameCall.length === 1 ? 'in-flight-other-key' : 'concurrent';
};

/**
 * Returns the circumstance of a request, as far as the requests of its test tell: what else was in flight, and what had
 * been sent under its key before. `once` where nothing of the kind is to be seen.
 *
 * @param all the requests of the test, in any order
 */
export function circumstanceOf(exchange: Exchange, all: readonly Exchange[]): Circumstance {
  if (!isChanging(exchange.name)) return exchange.instance === undefined ? 'once' : 'several-instances';
  if (exchange.isInterrupted) return 'interrupted';
  if (all.some(({ name, instance }) => isChanging(name) && instance !== exchange.instance)) return 'several-instances';
  const others = all.filter((other) => other !== exchange && isChanging(other.name));
  const sameKey = others.filter((other) => hasSameKey(exchange, other));
  const duplicates = sameKey.filter((other) => isSameRequest(exchange, other));
  if (duplicates.some((other) => overlap(exchange, other))) return 'concurrent';
  const reusing = sameKey.filter((other) => !isSameRequest(exchange, other));
  if (reusing.some((other) => overlap(exchange, other))) return 'in-flight-other-body';
  const inFlight = others.filter((other) => overlap(exchange, other));
  if (inFlight.length > 0) return whileInFlight(exchange, inFlight);
  // One that was told to come again has decided nothing.
  const isEarlier = ({ sentAtMs, refusal }: Exchange): boolean =>
    sentAtMs < exchange.sentAtMs && refusal?.reason !== 'in-progress';
  const earlier = duplicates.filter(isEarlier);
  if (earlier.some(({ isInterrupted }) => isInterrupted)) return 'interrupted';
  if (earlier.some(({ outcome }) => outcome === 'ok')) return 'replay';
  if (earlier.some(({ outcome }) => outcome === 'unknown')) return 'after-lost-answer';
  const before = reusing.filter(isEarlier);
  // A request that was refused has used up no key.
  if (before.some(({ outcome }) => outcome !== 'refused')) return 'key-reuse';
  return earlier.length + before.length > 0 ? 'after-refusal' : 'once';
}

/** The circumstances from the simplest on; what was refused before matters less than what took effect before. */
const simplest: readonly Circumstance[] = ['once', 'boundary', 'after-refusal', 'replay', 'key-reuse'];

/** Returns the least simple circumstance of several requests: what is wrong there may be wrong of any of them. */
export function widestCircumstance(exchanges: readonly Exchange[], all: readonly Exchange[]): Circumstance {
  const found = exchanges.map((exchange) => circumstanceOf(exchange, all));
  const special = found.find((one) => !simplest.includes(one));
  return special ?? simplest.toReversed().find((one) => found.includes(one)) ?? 'once';
}
