import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { TcpProxy } from '../../../../helpers/api/proxy/tcp-proxy.ts';
import type { Toxic } from '../../../../helpers/api/proxy/toxic.ts';
import { newConnectionTransport } from '../../../../helpers/api/transports/new-connection-transport.ts';

interface Fixtures {
  /** A server that counts what arrives, and says to whom it was sent. */
  target: { url: string; arrived: string[] };
  /** Sends a request through a proxy; the message of the failure where no answer comes. */
  sendThrough: (toxic: Toxic) => Promise<{ proxy: TcpProxy; said: Promise<string> }>;
}

const addressOf = (server: Server): string => {
  const address = server.address();
  return `http://localhost:${typeof address === 'object' ? (address?.port ?? 0) : 0}`;
};

const test = base.extend<Fixtures>({
  target: async ({}, use) => {
    const arrived: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (bytes: Buffer) => (body += bytes.toString()));
      request.on('end', () => {
        arrived.push(body);
        response.end(request.headers.host);
      });
    });
    server.listen(0, 'localhost');
    await once(server, 'listening');
    await use({ url: addressOf(server), arrived });
    server.closeAllConnections();
    server.close();
  },
  sendThrough: async ({ target }, use) => {
    const opened: TcpProxy[] = [];
    await use(async (toxic) => {
      const proxy = await TcpProxy.start(target.url, toxic);
      opened.push(proxy);
      const transport = newConnectionTransport(target.url, 5000, { throughPort: proxy.port });
      const request = { method: 'POST', path: '/', headers: {}, body: 'a body of more bytes than a slice has' };
      const said = transport.send(request).then(
        ({ body }) => body,
        () => 'no answer',
      );
      return { proxy, said };
    });
    await Promise.all(opened.map((proxy) => proxy.close()));
  },
});

const whole = 'a body of more bytes than a slice has';

test.describe('TCP proxy', () => {
  test('request that is reset on its way never arrives', async ({ target, sendThrough }) => {
    const { said } = await sendThrough({ type: 'reset_peer', at: 'request' });
    expect(await said).toBe('no answer');
    expect(target.arrived).toEqual([]);
  });

  test('answer that is reset on its way has been given', async ({ target, sendThrough }) => {
    const { proxy, said } = await sendThrough({ type: 'reset_peer', at: 'answer' });
    expect(await said).toBe('no answer');
    expect(await proxy.answered(1)).toEqual([200]);
    expect(target.arrived).toEqual([whole]);
  });

  test('answer that is held back reaches nobody', async ({ target, sendThrough }) => {
    const { proxy, said } = await sendThrough({ type: 'timeout' });
    expect(await proxy.answered(1)).toEqual([200]);
    proxy.cut();
    expect(await said).toBe('no answer');
    expect(target.arrived).toEqual([whole]);
  });

  test('request in slices arrives whole and names the target itself', async ({ target, sendThrough }) => {
    const { said } = await sendThrough({ type: 'slicer', bytes: 7, delayMs: 1 });
    expect(await said).toBe(new URL(target.url).host);
    expect(target.arrived).toEqual([whole]);
  });

  test('body at a limited bandwidth arrives whole, and no sooner', async ({ target, sendThrough }) => {
    const startedAt = performance.now();
    const { said } = await sendThrough({ type: 'bandwidth', rate: 200 });
    expect(await said).toBe(new URL(target.url).host);
    // 37 bytes, 10 every 50 ms.
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(150);
    expect(target.arrived).toEqual([whole]);
  });

  test('answer with a latency arrives whole, and so much later', async ({ target, sendThrough }) => {
    const startedAt = performance.now();
    const { proxy, said } = await sendThrough({ type: 'latency', delayMs: 200 });
    await proxy.answered(1);
    expect(await said).toBe(new URL(target.url).host);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(200);
  });

  test('truncated answer counts as no answer, though the target gave it', async ({ target, sendThrough }) => {
    const { proxy, said } = await sendThrough({ type: 'limit_data', bytes: 24 });
    expect(await said).toBe('no answer');
    expect(await proxy.answered(1)).toEqual([200]);
    expect(target.arrived).toEqual([whole]);
  });

  for (const when of ['at-once', 'afterwards'] as const) {
    test(`request that is delivered twice (${when}) arrives twice and is answered once`, async ({
      target,
      sendThrough,
    }) => {
      const { proxy, said } = await sendThrough({ type: 'duplicate', when });
      expect(await said).toBe(new URL(target.url).host);
      expect(await proxy.answered(2)).toEqual([200, 200]);
      expect(target.arrived).toEqual([whole, whole]);
    });
  }
});
