import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { describeAnswer, describeExchange, type Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { assertSeeded } from '../../../../helpers/seeding/seeded-balance.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { playwrightTransport } from '../../../../helpers/api/transports/playwright-transport.ts';
import { newConnectionTransport } from '../../../../helpers/api/transports/new-connection-transport.ts';
import {
  brokenAnswers,
  endlessAnswers,
  oddBodies,
  slowAnswers,
  type OddAnswer,
} from '../../support/examples/odd-answers.ts';

interface HostileTarget {
  readonly url: string;
  /** Sets how every request is answered from now on. */
  answerWith: (write: OddAnswer['write']) => void;
  /** Heads of all requests that arrived. */
  readonly requests: string[];
  readonly sockets: Socket[];
}

const transportNames = ['playwright', 'new-connection'] as const;

const test = base.extend<{
  target: HostileTarget;
  elsewhere: HostileTarget;
  /** The API over each transport in turn. */
  apis: (target: HostileTarget, timeoutMs?: number) => (readonly [name: string, api: ShopApi])[];
}>({
  target: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    await withTarget(use);
  },
  elsewhere: async ({ baseURL }, use) => {
    expect(baseURL).toBeUndefined();
    await withTarget(use);
  },
  apis: async ({ baseURL, request }, use) => {
    expect(baseURL).toBeUndefined();
    const close: (() => Promise<void>)[] = [];
    await use(({ url }, timeoutMs = 20_000) => {
      const kept = playwrightTransport(request, url, timeoutMs);
      close.push(() => kept.close());
      const authenticator = { credentials: () => Promise.resolve({ authorization: 'Bearer canary-token' }) };
      return [
        ['playwright', new ShopApi({ profile: reference, transport: kept, authenticator })],
        [
          'new-connection',
          new ShopApi({ profile: reference, transport: newConnectionTransport(url, timeoutMs), authenticator }),
        ],
      ];
    });
    for (const one of close) await one();
  },
});

async function withTarget(use: (target: HostileTarget) => Promise<void>): Promise<void> {
  const requests: string[] = [];
  const sockets: Socket[] = [];
  let write: OddAnswer['write'] = () => undefined;
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      requests.push(data.toString('latin1'));
      write(socket);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  await use({
    url: `http://127.0.0.1:${port}`,
    answerWith: (next) => {
      write = next;
    },
    requests,
    sockets,
  });
  for (const socket of sockets) socket.destroy();
  server.close();
}

/** Calls whose answers have a promised form. */
const promisingCalls: readonly ((api: ShopApi) => Promise<Exchange>)[] = [
  (api) => api.getBalance(1),
  (api) => api.createOrder({ userId: 1, items: [{ productId: 3, quantity: 1 }], idempotencyKey: 'k' }),
  (api) => api.pay(12, { userId: 1, idempotencyKey: 'k' }),
];

const calls = [(api: ShopApi): Promise<Exchange> => api.health(), ...promisingCalls];

const internals = /\n\s+at |TypeError|RangeError|call stack|undefined|\[object/i;

/** Expects descriptions that are short and show no internals, control characters or credentials. */
const expectReadable = (exchange: Exchange, name: string): void => {
  const sentence = describeAnswer(exchange);
  expect.soft(sentence, name).not.toMatch(internals);
  expect.soft(sentence, name).not.toMatch(/\p{Cc}/u);
  expect.soft(sentence.length, name).toBeLessThan(700);
  const text = describeExchange(exchange);
  expect.soft(text, name).not.toMatch(internals);
  expect.soft(text.length, name).toBeLessThan(4000);
  expect.soft(text, name).not.toContain('canary-token');
};

test.describe('hostile answers', () => {
  test('answers of an unexpected form are malformed or refused and described readably', async ({ target, apis }) => {
    for (const { name, write } of oddBodies) {
      target.answerWith(write);
      for (const [transport, api] of apis(target)) {
        const health = await api.health();
        expectReadable(health, name);
        expect.soft(health.failure, name).toBeUndefined();
        for (const call of promisingCalls) {
          const exchange = await call(api);
          const place = `${name}, ${exchange.name}, ${transport}`;
          expectReadable(exchange, place);
          expect.soft(exchange.failure, place).toBeUndefined();
          expect.soft(exchange.answer, place).toBeUndefined();
          expect.soft(exchange.malformed ?? exchange.refusal, place).toBeDefined();
          expect.soft(() => requireAnswer(exchange), place).toThrow(/ should have succeeded, but: /);
        }
        const seeded = assertSeeded(api, 1, 5000, 'db/shop');
        await expect
          .soft(seeded, name)
          .rejects.toThrow(/^The API (?:does not show a balance|answers \d+ |did not answer)/);
      }
    }
  });

  test('broken HTTP leaves the outcome unknown, with a reason', async ({ target, apis }) => {
    for (const { name, write } of brokenAnswers) {
      target.answerWith(write);
      for (const [transport, api] of apis(target, 500)) {
        for (const call of calls) {
          const exchange = await call(api);
          const place = `${name}, ${exchange.name}, ${transport}`;
          expectReadable(exchange, place);
          expect.soft(exchange.outcome, place).toBe('unknown');
          expect.soft(exchange.failure, place).toMatch(/\w{4}/);
        }
      }
    }
  });

  test('endless or oversized answer is abandoned without being read to its end', async ({ target, apis }) => {
    for (const { name, write } of endlessAnswers) {
      target.answerWith(write);
      for (const [transport, api] of apis(target, 2000)) {
        target.sockets.splice(0);
        const exchange = await api.pay(12, { userId: 1, idempotencyKey: 'k' });
        const place = `${name}, ${transport}`;
        expectReadable(exchange, place);
        expect.soft(exchange.outcome, place).toBe('unknown');
        expect.soft(exchange.failure, place).toMatch(/longer than \d+ bytes|timed out/);
        expect.soft(target.sockets, place).toHaveLength(1);
        const [socket] = target.sockets;
        // A compressed answer is small on the wire and may have been received whole.
        await expect.poll(() => [socket?.destroyed, Number(socket?.bytesWritten) < 1_000_000], place).toContain(true);
        test
          .info()
          .annotations.push({ type: place, description: `${exchange.failure}; ${socket?.bytesWritten} bytes` });
      }
    }
  });

  test('answer that is not complete within the time-out is abandoned', async ({ target, apis }) => {
    for (const { name, write } of slowAnswers) {
      target.answerWith(write);
      for (const [transport, api] of apis(target, 400)) {
        const exchange = await api.pay(12, { userId: 1, idempotencyKey: 'k' });
        const place = `${name}, ${transport}`;
        expectReadable(exchange, place);
        expect.soft(exchange.failure, place).toBe('timed out: no whole answer within 400 ms');
        expect.soft(exchange.durationMs, place).toBeLessThan(3000);
      }
    }
  });

  test('redirect is a refusal: neither request nor token follows it', async ({ target, elsewhere, apis }) => {
    for (const status of ['301 Moved', '302 Found', '303 See Other', '307 Temporary', '308 Permanent']) {
      target.answerWith((socket) => {
        socket.write(`HTTP/1.1 ${status}\r\nlocation: ${elsewhere.url}/login\r\ncontent-length: 0\r\n\r\n`);
      });
      for (const [transport, api] of apis(target)) {
        for (const call of calls) {
          const exchange = await call(api);
          expectReadable(exchange, transport);
          expect.soft(exchange.refusal, `${status}, ${transport}`).toMatchObject({ reason: 'unknown' });
        }
      }
    }
    expect(target.requests).toHaveLength(5 * transportNames.length * calls.length);
    expect(target.requests.join()).toContain('Bearer canary-token');
    expect(elsewhere.requests).toEqual([]);
  });

  test('bytes after an answer are not taken for the next answer', async ({ target, apis }) => {
    const first = '{"userId":1,"balance":1}';
    const smuggled = '{"userId":1,"balance":999}';
    const whole = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n${body}`;
    for (const rest of [whole(smuggled), 'garbage']) {
      target.answerWith((socket) => socket.write(whole(first) + rest));
      for (const [transport, api] of apis(target)) {
        for (let times = 0; times < 3; times += 1) {
          const { answer } = await api.getBalance(1);
          expect.soft(answer?.balance ?? 1, transport).toBe(1);
        }
      }
    }
  });

  test('idempotency key with line breaks or NUL injects no header or request', async ({ target, apis }) => {
    target.answerWith((socket) => socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}'));
    const { pay } = reference.endpoints;
    const endpoints = {
      ...reference.endpoints,
      pay: { ...pay, key: { in: 'header', name: 'Idempotency-Key' } } as const,
    };
    for (const [transport, api] of apis(target)) {
      for (const idempotencyKey of ['a\r\nx-admin: 1', 'a\nb', 'a\0b', 'a\r\n\r\nGET /admin HTTP/1.1\r\n\r\n']) {
        const payment = api.with({ profile: { ...reference, endpoints } }).pay(12, { userId: 1, idempotencyKey });
        await expect.soft(payment, transport).rejects.toThrow(/^keys of this target travel in a header, which cannot/);
      }
    }
    expect(target.requests).toEqual([]);
  });
});
