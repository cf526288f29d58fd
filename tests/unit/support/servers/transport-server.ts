import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { barePlaywrightTransport } from '../../../../helpers/api/transports/bare-playwright-transport.ts';
import { keepAliveTransport } from '../../../../helpers/api/transports/keep-alive-transport.ts';
import { newConnectionTransport } from '../../../../helpers/api/transports/new-connection-transport.ts';
import { playwrightTransport } from '../../../../helpers/api/transports/playwright-transport.ts';
import { poolTransport } from '../../../../helpers/api/transports/pool-transport.ts';
import type { Transport } from '../../../../helpers/api/transports/transport.ts';

/** The transports of scenarios, and those of load runs. */
export const transportNames = ['playwright', 'keep-alive', 'new-connection', 'pool', 'bare Playwright'] as const;
export const loadTransportNames = ['pool', 'bare Playwright'] as const;

type TransportName = (typeof transportNames)[number];

interface TransportServer {
  readonly url: string;
  /** Requests received so far. */
  readonly requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  /** Connections opened so far, closed ones included. */
  readonly connections: Socket[];
}

export const packed = '{"packed":"예"}';

export const oneMegabyte = 1_000_000;

/** Answers by path; any other path echoes the body. */
const answers: Readonly<Record<string, (response: ServerResponse, request: IncomingMessage) => void>> = {
  '/never': () => undefined,
  '/stalled': (response) => response.writeHead(200).write('begun'),
  '/reset': (_, { socket }) => socket.destroy(),
  '/cut': (response, { socket }) => {
    response.writeHead(200, { 'content-length': '100' }).write('begun', () => socket.destroy());
  },
  '/moved': (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  '/empty': (response) => response.writeHead(204).end(),
  '/gzip-if-accepted': (response, { headers }) => {
    if (!headers['accept-encoding']?.includes('gzip')) response.end(packed);
    else response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(packed));
  },
  '/gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(packed)),
  '/br': (response) => response.writeHead(200, { 'content-encoding': 'br' }).end(brotliCompressSync(packed)),
  '/deflate': (response) => response.writeHead(200, { 'content-encoding': 'deflate' }).end(deflateSync(packed)),
  '/no-body': (response) => response.writeHead(409, { 'content-encoding': 'gzip' }).end(),
  '/broken-gzip': (response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
  '/bomb': (response) =>
    response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(oneMegabyte + 1))),
  '/megabyte': (response) => response.end('x'.repeat(oneMegabyte)),
  '/more': (response) => response.end('x'.repeat(oneMegabyte + 1)),
  '/trickle': (response) => {
    const dripping = setInterval(() => response.write('x'), 20);
    response.once('close', () => {
      clearInterval(dripping);
    });
  },
  '/endless': (response) => {
    const chunk = 'x'.repeat(100_000);
    const writeOn = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once('drain', writeOn);
    };
    writeOn();
  },
};

interface Fixtures {
  server: TransportServer;
  /** Returns a transport that is closed after the test; the pool has 2 connections. */
  transportOf: (name: TransportName, baseUrl: string, timeoutMs?: number) => Promise<Transport>;
}

export const test = base.extend<Fixtures>({
  server: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const requests: TransportServer['requests'] = [];
    const connections: Socket[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const { method = '', url = '', headers } = request;
        requests.push({ method, url, headers, body });
        response.setHeader('X-Mixed-Case', 'Kept');
        response.setHeader('X-Twice', ['a', 'b']);
        const answer = answers[url];
        if (answer) answer(response, request);
        else response.end(`echo ${body}`);
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
  transportOf: async ({ request }, use) => {
    const closing: (() => Promise<void>)[] = [];
    await use(async (name, baseUrl, timeoutMs = 10_000) => {
      if (name === 'new-connection') return newConnectionTransport(baseUrl, timeoutMs);
      const transport = await {
        playwright: () => playwrightTransport(request, baseUrl, timeoutMs),
        'keep-alive': () => keepAliveTransport(baseUrl, timeoutMs),
        pool: () => poolTransport(baseUrl, timeoutMs, 2),
        'bare Playwright': () => barePlaywrightTransport(baseUrl, timeoutMs),
      }[name]();
      closing.push(() => transport.close());
      return transport;
    });
    for (const close of closing) await close();
  },
});

/** Returns a POST of an order with some body. */
export const post = (body: string): SentRequest => ({
  method: 'POST',
  path: '/api/orders',
  headers: { 'content-type': 'application/json', 'X-Key': 'k' },
  body,
});

export const get = (path: string): SentRequest => ({ method: 'GET', path, headers: { accept: 'application/json' } });
