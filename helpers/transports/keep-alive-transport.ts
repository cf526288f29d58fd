import { Pool } from 'undici';
import type { ClosableTransport } from './pool-transport.ts';
import { boundedBy, receiveAnswer } from './receive-answer.ts';

/**
 * Sends over kept connections, as many as requests are under way at once.
 *
 * Not through Playwright's request context: that reads an answer of any size into memory, and writes the headers that
 * prove who sends a request into the trace.
 */
export function keepAliveTransport(baseUrl: string, timeoutMs: number): ClosableTransport {
  const url = new URL(baseUrl);
  const pool = new Pool(url.origin, boundedBy(timeoutMs));
  return {
    send: (request) => receiveAnswer(request, { dispatcher: pool, baseUrl: url, timeoutMs }),
    close: () => pool.destroy(),
  };
}
