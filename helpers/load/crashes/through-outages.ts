import { setTimeout as delay } from 'node:timers/promises';
import type { Exchange } from '../../api/answers/exchange.ts';
import type { Outages } from './outages.ts';

const pauseMs = { shortest: 100, longest: 300 } as const;

/**
 * Sends a request, and again for as long as a failure that was forced keeps its outcome open. It does so while a run is
 * being stopped, too: what stays open then would never be known.
 *
 * @param onOpen receives every answer but the last one. A 5xx of a target that is down is no answer either.
 * @returns the last answer.
 */
export async function throughOutages<Answer>(
  outages: Outages | undefined,
  send: () => Promise<Exchange<Answer>>,
  onOpen: (exchange: Exchange<Answer>) => void = () => undefined,
): Promise<Exchange<Answer>> {
  for (;;) {
    const sent = await send();
    const exchange = outages?.explains(sent) ? { ...sent, outcome: 'unknown' as const } : sent;
    if (!outages?.leavesOpen(sent)) return exchange;
    onOpen(exchange);
    // At random, so that they do not all come back at once.
    await delay(pauseMs.shortest + Math.random() * (pauseMs.longest - pauseMs.shortest));
  }
}
