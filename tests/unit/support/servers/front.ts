import { createServer, type IncomingHttpHeaders } from 'node:http';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { request } from 'undici';

/** An answer of the shop behind a proxy, with its request. */
interface Passing {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly sent: string;
  readonly status: number;
  readonly body: string;
}

/** Changes an answer; what it leaves out stays. */
export type Change = (passing: Passing) => { status?: number; headers?: Record<string, string>; body?: string };

export interface Front {
  readonly url: string;
  close(): void;
}

/** Starts a proxy of a shop that changes its answers. */
export async function startFront(shopUrl: string, change: Change): Promise<Front> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      const { method = 'GET', url: path = '/', headers } = incoming;
      const sent = await text(incoming);
      const answer = await request(`${shopUrl}${path}`, {
        method,
        headers: { 'content-type': 'application/json', 'accept-language': headers['accept-language'] ?? '' },
        ...(sent !== '' && { body: sent }),
      });
      const body = await answer.body.text();
      const changed = change({ method, path, headers, sent, status: answer.statusCode, body });
      const replayed = answer.headers['idempotent-replayed'];
      outgoing.writeHead(changed.status ?? answer.statusCode, {
        'content-type': 'application/json',
        ...(replayed !== undefined && { 'idempotent-replayed': replayed }),
        ...changed.headers,
      });
      outgoing.end(changed.body ?? body);
    })().catch(() => outgoing.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
