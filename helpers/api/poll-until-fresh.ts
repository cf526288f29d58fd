import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from './exchange.ts';

const pauseMs = 100;

/**
 * Looks at what the API shows until it is what it must be, for as long as it may show what was there before.
 *
 * @param isNow whether an answer is what it must be.
 * @param patienceMs how long the API may show something older; 0 looks once.
 * @returns the last answer, and for how long something else was shown, in milliseconds.
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
