import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from './answers/exchange.ts';

const pauseMs = 100;

/**
 * Polls the API until it shows the current state, for as long as it may show an older one.
 *
 * @param isNow tells whether an answer shows the current state.
 * @param patienceMs how long the API may show an older state; 0 looks once.
 * @returns the last answer, and for how long an older state was shown, in milliseconds.
 */
export async function pollUntilFresh<Answer>(
  look: () => Promise<Exchange<Answer>>,
  isNow: (answer: Answer) => boolean,
  patienceMs: number,
): Promise<{ exchange: Exchange<Answer>; staleMs: number }> {
  const start = performance.now();
  for (;;) {
    const lookedMs = performance.now() - start;
    const exchange = await look();
    const isStale = exchange.answer !== undefined && !isNow(exchange.answer);
    if (!isStale || lookedMs >= patienceMs) return { exchange, staleMs: isStale || lookedMs > pauseMs ? lookedMs : 0 };
    await delay(Math.min(pauseMs, patienceMs - lookedMs));
  }
}
