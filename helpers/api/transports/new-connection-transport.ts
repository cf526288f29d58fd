import { Client } from 'undici';
import { dispatcherLimits, receiveAnswer } from './receive-answer.ts';
import type { Transport } from './transport.ts';

/**
 * Returns a transport that sends every request over a connection of its own and closes it after the answer.
 *
 * @param cut closes the connections at any moment: the answer is lost, but the target goes on with the request.
 */
export function newConnectionTransport(baseUrl: string, timeoutMs: number, cut?: AbortSignal): Transport {
  const url = new URL(baseUrl);
  return {
    async send(request) {
      const client = new Client(url.origin, dispatcherLimits(timeoutMs));
      try {
        return await receiveAnswer(request, { dispatcher: client, baseUrl: url, timeoutMs, ...(cut && { cut }) });
      } finally {
        await client.destroy();
      }
    },
  };
}
