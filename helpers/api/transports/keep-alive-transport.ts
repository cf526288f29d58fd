import { Pool } from 'undici';
import type { ClosableTransport } from './pool-transport.ts';
import { dispatcherLimits, receiveAnswer } from './receive-answer.ts';

/**
 * Returns a transport over kept connections, as many as there are requests in flight.
 *
 * For targets with authentication: Playwright's request context writes the headers of a request into traces and into
 * the error of a failed request, credentials included.
 */
export function keepAliveTransport(baseUrl: string, timeoutMs: number): ClosableTransport {
  const url = new URL(baseUrl);
  const pool = new Pool(url.origin, dispatcherLimits(timeoutMs));
  return {
    send: (request) => receiveAnswer(request, { dispatcher: pool, baseUrl: url, timeoutMs }),
    close: () => pool.destroy(),
  };
}
