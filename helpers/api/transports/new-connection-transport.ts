import { buildConnector, Client } from 'undici';
import { dispatcherOptions, receiveAnswer } from './receive-answer.ts';
import type { Transport } from './transport.ts';

interface NewConnectionOptions {
  readonly cut?: AbortSignal | undefined;
  readonly ca?: string | undefined;
  readonly throughPort?: number;
}

/** Only the connection goes elsewhere: the request names the target itself. */
const connectorTo = (port: number, timeoutMs: number): buildConnector.connector => {
  const connector = buildConnector({ timeout: timeoutMs });
  return (options, callback) => {
    connector({ ...options, hostname: '127.0.0.1', host: `127.0.0.1:${port}`, port: String(port) }, callback);
  };
};

/**
 * Returns a transport that sends every request over a connection of its own and closes it after the answer.
 *
 * @param cut closes the connections at any moment: the answer is lost, but the target goes on with the request.
 * @param ca authorities whose certificates are accepted, in place of the usual ones.
 * @param throughPort the port of a proxy on this machine that connections are made to, in place of the target's own.
 */
export function newConnectionTransport(
  baseUrl: string,
  timeoutMs: number,
  { cut, ca, throughPort }: NewConnectionOptions = {},
): Transport {
  const url = new URL(baseUrl);
  const options = {
    ...dispatcherOptions(timeoutMs, ca),
    ...(throughPort !== undefined && { connect: connectorTo(throughPort, timeoutMs) }),
  };
  return {
    async send(request) {
      const client = new Client(url.origin, options);
      try {
        return await receiveAnswer(request, { dispatcher: client, baseUrl: url, timeoutMs, ...(cut && { cut }) });
      } finally {
        await client.destroy();
      }
    },
  };
}
