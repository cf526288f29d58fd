import type { ScriptedExchange } from '../evidence-of.ts';

/** Returns whether two requests were under way at the same time. */
export const areAtOnce = (one: ScriptedExchange, other: ScriptedExchange): boolean =>
  one.sentAtMs < other.endMs && other.sentAtMs < one.endMs;

/** Returns the requests of the same call that were under way at the same time as one, it among them. */
export const sentWith = (one: ScriptedExchange, all: readonly ScriptedExchange[]): ScriptedExchange[] =>
  all.filter((other) => other === one || (other.call === one.call && areAtOnce(one, other)));

/** Returns the numbers by which a script knows requests. */
export const numbersOf = (exchanges: readonly ScriptedExchange[]): string =>
  exchanges.map(({ place }) => place + 1).join(' ');
