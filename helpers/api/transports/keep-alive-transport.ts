import { Pool } from 'undici';
import type { ClosableTransport } from './pool-transport.ts';
import { dispatcherLimits, receiveAnswer } from './receive-answer.ts';

/**
 * Sends over kept connections, as many as requests are under way at once.
 *
 * For targets that ask who sends a request: Playwright's request context writes the headers that prove it into traces,
 * and into the error of a request that fails.
 */
export function keepAliveTransport(baseUrl: string, timeoutMs: number): ClosableTransport {
  const url = new URL(baseUrl);
  const pool = new Pool(url.origin, dispatcherLimits(timeoutMs));
  return {
    send: (request) => receiveAnswer(request, { dispatcher: pool, baseUrl: url, timeoutMs }),
    close: () => pool.destroy(),
  };
}
