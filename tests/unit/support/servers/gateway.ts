import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { request } from 'undici';
import type { OwnCertificate } from './own-certificate.ts';

/** A request that arrives at a gateway. */
export interface Arrival {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** What a gateway answers itself. */
export interface OwnAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string;
}

interface GatewayOptions {
  /** The gateway speaks TLS with this certificate. */
  readonly certificate?: OwnCertificate;
  /** The API is below this path, and nothing is beside it. @example '/shop/v1' */
  readonly basePath?: string;
  /** Returns what is answered in place of the API; undefined lets a request through. */
  readonly answer?: (arrival: Arrival) => OwnAnswer | undefined;
}

/** A gateway in front of an API. */
export interface Gateway {
  readonly url: string;
  readonly close: () => void;
}

const hopByHop = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);

const passedOn = (headers: IncomingHttpHeaders): Record<string, string | string[]> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || hopByHop.has(name) ? [] : [[name, value]],
    ),
  );

const notFound: OwnAnswer = { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>Not found</html>' };

/** Starts a gateway in front of an API, which passes on whatever it does not answer itself. */
export async function startGateway(
  apiUrl: string,
  { certificate, basePath = '', answer }: GatewayOptions = {},
): Promise<Gateway> {
  const listener: RequestListener = (incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', url = '/', headers } = incoming;
      const sent = await buffer(incoming);
      const isBelow = url.startsWith(`${basePath}/`);
      const path = url.slice(basePath.length);
      const own = isBelow ? answer?.({ method, path, headers, body: sent.toString() }) : notFound;
      if (own) {
        outgoing.writeHead(own.status, { 'content-type': 'application/json', ...own.headers });
        outgoing.end(own.body ?? '');
        return;
      }
      const answered = await request(`${apiUrl}${path}`, {
        method,
        headers: passedOn(headers),
        ...(sent.length > 0 && { body: sent }),
      });
      const body = Buffer.from(await answered.body.arrayBuffer());
      outgoing.writeHead(answered.statusCode, passedOn(answered.headers));
      outgoing.end(body);
    })().catch(() => outgoing.destroy());
  };
  const server = certificate
    ? createTlsServer({ cert: readFileSync(certificate.certificate), key: readFileSync(certificate.key) }, listener)
    : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}${basePath}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
