import { Client } from 'undici';
import type { Transport } from './transport.ts';

const singleValues = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/**
 * Sends every request over a connection of its own, closed after the answer.
 *
 * @param cut closes the connections, whatever is under way: the answer is lost, but not what the target does.
 */
export function newConnectionTransport(baseUrl: string, timeoutMs: number, cut?: AbortSignal): Transport {
  const { origin, pathname } = new URL(baseUrl);
  return {
    async send({ method, path, headers, body }) {
      const client = new Client(origin);
      const timeout = AbortSignal.timeout(timeoutMs);
      try {
        const response = await client.request({
          method,
          path: `${pathname.replace(/\/$/, '')}${path}`,
          // This client does not decompress.
          headers: { ...headers, 'accept-encoding': 'identity' },
          signal: cut ? AbortSignal.any([cut, timeout]) : timeout,
          ...(body !== undefined && { body }),
        });
        return {
          status: response.statusCode,
          headers: singleValues(response.headers),
          body: await response.body.text(),
        };
      } finally {
        await client.destroy();
      }
    },
  };
}
