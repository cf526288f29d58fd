import { createServer, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { playwrightTransport } from '../../../../helpers/api/transports/playwright-transport.ts';
import { keepAliveTransport } from '../../../../helpers/api/transports/keep-alive-transport.ts';
import { newConnectionTransport } from '../../../../helpers/api/transports/new-connection-transport.ts';
import type { ClosableTransport } from '../../../../helpers/api/transports/pool-transport.ts';
import type { Transport } from '../../../../helpers/api/transports/transport.ts';

interface EchoServer {
  readonly url: string;
  /** All requests that arrived. */
  readonly requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  /** All connections that were ever opened. */
  readonly connections: Socket[];
}

const names = ['playwright', 'keep-alive', 'new-connection'] as const;

const test = base.extend<{
  server: EchoServer;
  transportOf: (name: (typeof names)[number], baseUrl: string, timeoutMs?: number) => Transport;
}>({
  /** Answers by path: /moved redirects, /slow never ends, /reset hangs up, /gzip compresses if accepted, others echo. */
  server: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const requests: EchoServer['requests'] = [];
    const connections: Socket[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const { method = '', url = '', headers } = request;
        requests.push({ method, url, headers, body });
        if (url.endsWith('/slow')) return;
        if (url.endsWith('/reset')) {
          request.socket.destroy();
          return;
        }
        response.setHeader('X-Mixed-Case', 'Kept');
        if (url.endsWith('/moved')) response.writeHead(302, { Location: '/elsewhere' });
        if (url.endsWith('/empty')) response.writeHead(204);
        if (url.endsWith('/gzip') && headers['accept-encoding']?.includes('gzip')) {
          response.setHeader('content-encoding', 'gzip').end(gzipSync('{"packed":"예"}'));
          return;
        }
        response.end(url.endsWith('/gzip') ? '{"packed":"예"}' : `echo ${body}`);
      });
    });
    server.on('connection', (socket) => connections.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await use({ url: `http://127.0.0.1:${port}`, requests, connections });
    server.closeAllConnections();
    server.close();
  },
  transportOf: async ({ baseURL, request }, use) => {
    expect(baseURL).toBeUndefined();
    const opened: ClosableTransport[] = [];
    await use((name, baseUrl, timeoutMs = 5000) => {
      if (name === 'new-connection') return newConnectionTransport(baseUrl, timeoutMs);
      const transport =
        name === 'playwright'
          ? playwrightTransport(request, baseUrl, timeoutMs)
          : keepAliveTransport(baseUrl, timeoutMs);
      opened.push(transport);
      return transport;
    });
    await Promise.all(opened.map((transport) => transport.close()));
  },
});

const post = (body: string): SentRequest => ({
  method: 'POST',
  path: '/api/orders',
  headers: { 'content-type': 'application/json', 'X-Key': 'k' },
  body,
});

const get = (path: string): SentRequest => ({ method: 'GET', path, headers: { accept: 'application/json' } });

test.describe('transports', () => {
  test('every transport sends a body unchanged, well-formed or not', async ({ server, transportOf }) => {
    const bodies = ['{"userId": 1,', '{ "a" : 1.0 }', '"text"', 'null', '', '한글 \u0000 é', '1', 'x'.repeat(100_000)];
    for (const name of names) {
      const transport = transportOf(name, server.url);
      for (const body of bodies) await transport.send(post(body));
      const arrived = server.requests.splice(0);
      expect
        .soft(
          arrived.map(({ body }) => body),
          name,
        )
        .toEqual(bodies);
      expect.soft(arrived[0], name).toMatchObject({
        method: 'POST',
        url: '/api/orders',
        headers: { 'content-type': 'application/json', 'x-key': 'k' },
      });
    }
  });

  test('every transport sends a GET without a body, below the path of the base URL', async ({
    server,
    transportOf,
  }) => {
    for (const name of names) {
      await transportOf(name, `${server.url}/v1`).send(get('/api/orders/a%2Fb'));
      expect.soft(server.requests.pop(), name).toMatchObject({ method: 'GET', url: '/v1/api/orders/a%2Fb', body: '' });
    }
  });

  test('every transport returns status, headers with lower-case names, and body', async ({ server, transportOf }) => {
    for (const name of names) {
      const transport = transportOf(name, server.url);
      const answer = await transport.send(post('{"이름": 1}'));
      expect
        .soft(answer, name)
        .toMatchObject({ status: 200, body: 'echo {"이름": 1}', headers: { 'x-mixed-case': 'Kept' } });
      expect.soft(await transport.send(get('/empty')), name).toMatchObject({ status: 204, body: '' });
    }
  });

  test('no transport follows a redirect', async ({ server, transportOf }) => {
    for (const name of names) {
      const answer = await transportOf(name, server.url).send(get('/moved'));
      expect.soft(answer, name).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    }
    expect(server.requests.map(({ url }) => url)).toEqual(names.map(() => '/moved'));
  });

  test('every transport reads the answers of a server that compresses with gzip', async ({ server, transportOf }) => {
    for (const name of names) {
      const answer = await transportOf(name, server.url).send(get('/gzip'));
      expect.soft(answer.body, name).toBe('{"packed":"예"}');
    }
  });

  for (const name of names) {
    test(`${name} transport fails when no answer comes within the time-out`, async ({ server, transportOf }) => {
      await expect(transportOf(name, server.url, 150).send(get('/slow'))).rejects.toThrow(/time/i);
      expect(server.requests).toHaveLength(1);
    });

    test(`${name} transport fails on a broken connection and does not send the request again`, async ({
      server,
      transportOf,
    }) => {
      await expect(transportOf(name, server.url).send({ ...post('{}'), path: '/reset' })).rejects.toThrow();
      expect(server.requests).toHaveLength(1);
    });

    test(`${name} transport reports a refused connection as ECONNREFUSED`, async ({ transportOf }) => {
      // Nothing listens on the discard port.
      await expect(transportOf(name, 'http://127.0.0.1:9').send(get('/'))).rejects.toThrow(/ECONNREFUSED/);
    });
  }

  test('playwright transport reuses the connections of concurrent requests', async ({ server, transportOf }) => {
    const transport = transportOf('playwright', server.url);
    await Promise.all(Array.from({ length: 30 }, () => transport.send(get('/a'))));
    await Promise.all(Array.from({ length: 30 }, () => transport.send(get('/b'))));
    expect(server.requests).toHaveLength(60);
    // A connection that has just become free may be overlooked.
    expect(server.connections.length).toBeLessThan(45);
  });

  test('new-connection transport opens a connection per request and closes it afterwards', async ({
    server,
    transportOf,
  }) => {
    const transport = transportOf('new-connection', server.url);
    await Promise.all([transport.send(get('/a')), transport.send(get('/b'))]);
    await transport.send(get('/c'));
    expect(server.connections).toHaveLength(3);
    await expect.poll(() => server.connections.filter((socket) => !socket.closed)).toEqual([]);
  });
});
