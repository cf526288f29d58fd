import { Client } from 'undici';
import { dispatcherOptions, receiveAnswer } from './receive-answer.ts';
import type { Transport } from './transport.ts';

/**
 * Returns a transport that sends every request over a connection of its own and closes it after the answer.
 *
 * @param cut closes the connections at any moment: the answer is lost, but the target goes on with the request.
 * @param ca authorities whose certificates are accepted, in place of the usual ones.
 */
export function newConnectionTransport(
  baseUrl: string,
  timeoutMs: number,
  { cut, ca }: { readonly cut?: AbortSignal | undefined; readonly ca?: string | undefined } = {},
): Transport {
  const url = new URL(baseUrl);
  return {
    async send(request) {
      const client = new Client(url.origin, dispatcherOptions(timeoutMs, ca));
      try {
        return await receiveAnswer(request, { dispatcher: client, baseUrl: url, timeoutMs, ...(cut && { cut }) });
      } finally {
        await client.destroy();
      }
    },
  };
}
