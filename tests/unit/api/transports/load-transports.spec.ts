import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { test as base, expect } from '@playwright/test';
import type { SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { causeOf } from '../../../../helpers/load/measure/cause-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { barePlaywrightTransport } from '../../../../helpers/api/transports/bare-playwright-transport.ts';
import { poolTransport, type ClosableTransport } from '../../../../helpers/api/transports/pool-transport.ts';

interface LoadServer {
  readonly url: string;
  /** Requests received so far. */
  readonly requests: { method: string; url: string; headers: IncomingMessage['headers']; body: string }[];
  /** Connections opened so far, closed ones included. */
  readonly connections: Socket[];
}

const names = ['undici', 'playwright'] as const;

const packed = '{"packed":"예"}';

const oneMegabyte = 1_000_000;

/** Answers by path; any other path echoes the body. */
const answers: Readonly<Record<string, (response: ServerResponse, socket: Socket) => void>> = {
  '/never': () => undefined,
  '/stalled': (response) => response.writeHead(200).write('begun'),
  '/reset': (_, socket) => socket.destroy(),
  '/cut': (response, socket) => {
    response.writeHead(200, { 'content-length': '100' }).write('begun', () => socket.destroy());
  },
  '/moved': (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  '/empty': (response) => response.writeHead(204).end(),
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

type Name = (typeof names)[number];

const test = base.extend<{
  server: LoadServer;
  transportOf: (name: Name, baseUrl: string, timeoutMs?: number) => Promise<ClosableTransport>;
}>({
  server: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const requests: LoadServer['requests'] = [];
    const connections: Socket[] = [];
    const server = createServer((request, response) => {
      void text(request).then((body) => {
        const { method = '', url = '', headers, socket } = request;
        requests.push({ method, url, headers, body });
        response.setHeader('X-Mixed-Case', 'Kept');
        response.setHeader('X-Twice', ['a', 'b']);
        const answer = answers[url];
        if (answer) answer(response, socket);
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
  transportOf: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    const opened: ClosableTransport[] = [];
    await use(async (name, baseUrl, timeoutMs = 10_000) => {
      const transport =
        name === 'undici' ? poolTransport(baseUrl, timeoutMs, 2) : await barePlaywrightTransport(baseUrl, timeoutMs);
      opened.push(transport);
      return transport;
    });
    for (const transport of opened) await transport.close();
  },
});

const post = (body: string): SentRequest => ({
  method: 'POST',
  path: '/api/orders',
  headers: { 'content-type': 'application/json', 'X-Key': 'k' },
  body,
});

const get = (path: string): SentRequest => ({ method: 'GET', path, headers: { accept: 'application/json' } });

test.describe('load transports', () => {
  test('body is sent byte for byte, well-formed or not', async ({ server, transportOf }) => {
    const bodies = ['{"userId": 1,', '{ "a" : 1.0 }', '"text"', 'null', '', '한글 \u0000 é', 'x'.repeat(100_000)];
    for (const name of names) {
      const transport = await transportOf(name, server.url);
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

  test('every method is sent below the path of the base URL', async ({ server, transportOf }) => {
    for (const name of names) {
      const transport = await transportOf(name, `${server.url}/v1`);
      await transport.send(get('/api/orders/a%2Fb'));
      expect.soft(server.requests.pop(), name).toMatchObject({ method: 'GET', url: '/v1/api/orders/a%2Fb', body: '' });
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        await transport.send({ ...post('{}'), method });
        expect.soft(server.requests.pop(), name).toMatchObject({ method, url: '/v1/api/orders', body: '{}' });
      }
    }
  });

  test('status, lower-case headers and body are returned', async ({ server, transportOf }) => {
    for (const name of names) {
      const transport = await transportOf(name, server.url);
      const answer = await transport.send(post('{"이름": 1}'));
      expect.soft(answer, name).toMatchObject({
        status: 200,
        body: 'echo {"이름": 1}',
        headers: { 'x-mixed-case': 'Kept', 'x-twice': 'a, b' },
      });
      expect.soft(await transport.send(get('/empty')), name).toMatchObject({ status: 204, body: '' });
    }
  });

  test('redirect is returned and not followed', async ({ server, transportOf }) => {
    for (const name of names) {
      const answer = await (await transportOf(name, server.url)).send(get('/moved'));
      expect.soft(answer, name).toMatchObject({ status: 302, headers: { location: '/elsewhere' } });
    }
    expect(server.requests.map(({ url }) => url)).toEqual(['/moved', '/moved']);
  });

  test('compressed answers are unpacked although nobody asked for them', async ({ server, transportOf }) => {
    for (const name of names) {
      const transport = await transportOf(name, server.url);
      for (const path of ['/gzip', '/br', '/deflate'])
        expect.soft((await transport.send(get(path))).body, `${name} ${path}`).toBe(packed);
      expect.soft(await transport.send(get('/no-body')), name).toMatchObject({ status: 409, body: '' });
      await expect.soft(transport.send(get('/broken-gzip')), name).rejects.toThrow();
    }
  });

  test('pool accepts an answer of 1 MB and refuses a longer one, compressed or not', async ({
    server,
    transportOf,
  }) => {
    const transport = await transportOf('undici', server.url);
    expect((await transport.send(get('/megabyte'))).body).toHaveLength(oneMegabyte);
    await expect(transport.send(get('/more'))).rejects.toThrow('the answer is longer than 1000000 bytes');
    await expect(transport.send(get('/endless'))).rejects.toThrow('the answer is longer than 1000000 bytes');
    await expect(transport.send(get('/bomb'))).rejects.toThrow(/larger than 1000000 bytes/);
    expect((await transport.send(post('after'))).body).toBe('echo after');
  });

  test('pool rejects a trickling answer and queued requests at the time-out', async ({ server, transportOf }) => {
    const transport = await transportOf('undici', server.url, 300);
    const start = performance.now();
    await expect(transport.send(get('/trickle'))).rejects.toThrow('timed out: no whole answer within 300 ms');
    expect(performance.now() - start).toBeLessThan(3000);
    // 3 requests over 2 connections: the last one spends its time waiting for a connection.
    const waiting = ['/never', '/never', '/api/orders'].map((path) => transport.send(get(path)));
    const answers = await Promise.allSettled(waiting);
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect((await transport.send(post('after'))).body).toBe('echo after');
    expect(server.requests.map(({ url }) => url)).toEqual(['/trickle', '/never', '/never', '/api/orders']);
  });

  test('endless answer is an unknown outcome with the cause answer-too-large', async ({ server, transportOf }) => {
    const transport = await transportOf('undici', server.url);
    const { health } = reference.endpoints;
    for (const path of ['/endless', '/more', '/bomb']) {
      const profile = { ...reference, endpoints: { ...reference.endpoints, health: { ...health, path } } };
      const exchange = await new ShopApi({ profile, transport }).health();
      expect.soft(exchange.outcome, path).toBe('unknown');
      expect.soft(causeOf(exchange), path).toBe('answer-too-large');
    }
  });

  for (const name of names) {
    test(`${name}: late answer rejects as a time-out`, async ({ server, transportOf }) => {
      const transport = await transportOf(name, server.url, 150);
      for (const path of ['/never', '/stalled']) await expect(transport.send(get(path))).rejects.toThrow(/time/i);
      expect(server.requests).toHaveLength(2);
      const { health } = reference.endpoints;
      const profile = { ...reference, endpoints: { ...reference.endpoints, health: { ...health, path: '/never' } } };
      expect(causeOf(await new ShopApi({ profile, transport }).health())).toBe('time-out');
    });

    test(`${name}: broken connection rejects, and nothing is sent again`, async ({ server, transportOf }) => {
      const transport = await transportOf(name, server.url);
      await expect(transport.send({ ...post('{}'), path: '/reset' })).rejects.toThrow();
      await expect(transport.send({ ...get('/cut') })).rejects.toThrow();
      expect(server.requests.map(({ url }) => url)).toEqual(['/reset', '/cut']);
      expect((await transport.send(post('after'))).body).toBe('echo after');
    });

    test(`${name}: refused connection rejects with ECONNREFUSED`, async ({ transportOf }) => {
      // Nothing listens on the discard port.
      const transport = await transportOf(name, 'http://127.0.0.1:9');
      await expect(transport.send(get('/'))).rejects.toThrow(/ECONNREFUSED/);
    });
  }

  test('pool keeps its connections and opens no more than its limit', async ({ server, transportOf }) => {
    const transport = await transportOf('undici', server.url);
    await Promise.all(Array.from({ length: 20 }, () => transport.send(post('{}'))));
    expect(server.requests).toHaveLength(20);
    expect(server.connections).toHaveLength(2);
  });
});
