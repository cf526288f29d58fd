import { Pool } from 'undici';
import type { ClosableTransport } from './pool-transport.ts';
import { dispatcherOptions, receiveAnswer } from './receive-answer.ts';

/**
 * Returns a transport over kept connections, as many as there are requests in flight.
 *
 * For targets with authentication: Playwright's request context writes the headers of a request into traces and into
 * the error of a failed request, credentials included. And for those with an authority of their own, which the context
 * cannot be told.
 *
 * @param ca authorities whose certificates are accepted, in place of the usual ones.
 */
export function keepAliveTransport(baseUrl: string, timeoutMs: number, ca?: string): ClosableTransport {
  const url = new URL(baseUrl);
  const pool = new Pool(url.origin, dispatcherOptions(timeoutMs, ca));
  return {
    send: (request) => receiveAnswer(request, { dispatcher: pool, baseUrl: url, timeoutMs }),
    close: () => pool.destroy(),
  };
}
