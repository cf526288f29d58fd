import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { isRecord, parseJson, type Json } from '../../../../helpers/text/json.ts';

/** A proxy of the bundled shop that speaks another dialect until it is closed. */
export interface DialectFront {
  readonly url: string;
  close(): void;
}

const moneyNames =
  /^(?:balance|price|chargedAmount|totalAmount|subtotalAmount|discountAmount|unitPrice|subtotal|paidAmount|remainingBalance|amount)$/;

const snake = (name: string): string => name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
const camel = (name: string): string => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Translates into snake_case, ids as strings, money as decimal strings with two digits. */
const outward = (value: Json, name = ''): Json => {
  if (Array.isArray(value)) return value.map((inner) => outward(inner));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([inner, tree]) => [inner === 'orderId' ? 'id' : snake(inner), outward(tree, inner)]),
    );
  }
  if (typeof value === 'number' && moneyNames.test(name)) return (value / 100).toFixed(2);
  return typeof value === 'number' && name.endsWith('Id') ? String(value) : value;
};

const inward = (value: Json, name = ''): Json => {
  if (Array.isArray(value)) return value.map((inner) => inward(inner));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([inner, tree]) => [camel(inner), inward(tree, camel(inner))]));
  }
  if (typeof value === 'string' && moneyNames.test(name)) return Math.round(Number(value) * 100);
  return typeof value === 'string' && name.endsWith('Id') ? Number(value) : value;
};

const jsonSchema: z.ZodType<Json> = z.json();

const parsed = (body: string): Json | undefined => jsonSchema.safeParse(parseJson(body)).data;

const refused = (code: string, message: string) => ({ error: { error_code: code, error_message: message } });

const errorSchema = z.object({ code: z.string(), message: z.string() });

interface Answer {
  readonly status: number;
  readonly body: Json;
}

async function forward(
  shopUrl: string,
  method: string,
  path: string,
  headers: IncomingHttpHeaders,
  body: string,
): Promise<Answer> {
  const tree = parsed(body);
  const isOrder = path === '/api/orders' && method === 'POST';
  if (isRecord(tree) && isOrder && tree.user_id === undefined) {
    return { status: 400, body: refused('BAD_REQUEST', 'user_id is required') };
  }
  const key = headers['idempotency-key'];
  const needsKey = method === 'POST' && !path.endsWith('/cancel');
  if (needsKey && !isOrder && key === undefined) {
    return { status: 400, body: refused('BAD_REQUEST', "Required request header 'Idempotency-Key' is not present") };
  }
  const inner = inward(tree ?? null);
  const sent = isRecord(inner) ? JSON.stringify({ ...inner, ...(needsKey && key && { idempotencyKey: key }) }) : body;
  const response = await fetch(`${shopUrl}${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(method !== 'GET' && { body: sent }),
  });
  const answer = parsed(await response.text()) ?? null;
  if (response.ok) return { status: 200, body: path === '/health' ? answer : { data: outward(answer) } };
  const { code, message } = errorSchema.parse(answer);
  return {
    status: response.status === 409 ? 422 : response.status,
    body: refused(`E-${code}`, message),
  };
}

/** Caches answers for a time in milliseconds. */
const cachedFor = (ms: number, ask: (url: string) => Promise<Answer>): ((url: string) => Promise<Answer>) => {
  const known = new Map<string, { answer: Promise<Answer>; until: number }>();
  return (url) => {
    const entry = known.get(url);
    if (entry && performance.now() < entry.until) return entry.answer;
    const answer = ask(url);
    known.set(url, { answer, until: performance.now() + ms });
    return answer;
  };
};

/**
 * Starts a proxy of a shop that translates it into another dialect: snake_case below `data`, orders with an `id`, ids and
 * money as strings, 200 for 201, 422 for 409, other codes, keys in a header, replays without a mark, no products.
 *
 * @param cacheMs for how long balances are cached.
 */
export async function startDialectFront(shopUrl: string, cacheMs = 0): Promise<DialectFront> {
  const balances = cachedFor(cacheMs, (url) => forward(shopUrl, 'GET', url, {}, ''));
  const server = createServer((request, response) => {
    const { method = 'GET', url = '/', headers } = request;
    const answer = async (): Promise<Answer> => {
      const body = await text(request);
      if (url.endsWith('/balance')) return balances(url);
      return url.startsWith('/api/products')
        ? { status: 404, body: refused('NO_ROUTE', `no route ${url}`) }
        : forward(shopUrl, method, url, headers, body);
    };
    answer().then(
      ({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      },
      () => response.destroy(),
    );
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
