import { Client } from 'undici';
import { dispatcherLimits, receiveAnswer } from './receive-answer.ts';
import type { Transport } from './transport.ts';

/**
 * Sends every request over a connection of its own, closed after the answer.
 *
 * @param cut closes the connections, whatever is under way: the answer is lost, but not what the target does.
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
