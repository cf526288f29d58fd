import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Pool, type Dispatcher } from 'undici';
import type { ReceivedResponse, SentRequest } from '../answers/exchange.ts';
import { maxBytes, type Transport } from './transport.ts';

/** A transport that can be closed. */
export interface ClosableTransport extends Transport {
  close(): Promise<void>;
}

/**
 * Returns a transport over a pool of kept connections, at the lowest cost: nothing of a request is kept or reported.
 *
 * @param timeoutMs maximum time until the last byte of an answer, however slowly it arrives.
 * @param connections maximum number of open connections.
 * @param ca authorities whose certificates are accepted, in place of the usual ones.
 */
export function poolTransport(baseUrl: string, timeoutMs: number, connections: number, ca?: string): ClosableTransport {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, {
    connections,
    // Every byte restarts these; the timeout is for the whole answer.
    headersTimeout: 0,
    bodyTimeout: 0,
    connectTimeout: timeoutMs,
    ...(ca !== undefined && { connect: { ca } }),
  });
  const prefix = pathname.replace(/\/$/, '');
  return {
    send: ({ method, path, headers, body }: SentRequest): Promise<ReceivedResponse> =>
      new Promise((resolve, reject) => {
        const options: Dispatcher.DispatchOptions = {
          method: dispatchMethod(method),
          path: `${prefix}${path}`,
          headers,
          ...(body !== undefined && { body }),
        };
        pool.dispatch(options, new WholeAnswer(timeoutMs, resolve, reject));
      }),
    close: () => pool.destroy(),
  };
}

const dispatchMethod = (method: string): Dispatcher.HttpMethod => {
  switch (method) {
    case 'POST':
    case 'PUT':
    case 'PATCH':
    case 'DELETE':
      return method;
    default:
      return 'GET';
  }
};

type RawHeaders = Readonly<Record<string, string | string[] | undefined>>;

/** Returns whether no header came twice, as is usual: then they need no conversion. */
const areSingle = (headers: RawHeaders): headers is Readonly<Record<string, string>> => {
  for (const name in headers) if (typeof headers[name] !== 'string') return false;
  return true;
};

/** An answer whose headers are converted only when they are read. */
class PooledResponse implements ReceivedResponse {
  readonly status: number;
  readonly body: string;
  readonly #headers: RawHeaders;

  constructor(status: number, headers: RawHeaders, body: string) {
    this.status = status;
    this.body = body;
    this.#headers = headers;
  }

  get headers(): Readonly<Record<string, string>> {
    if (areSingle(this.#headers)) return this.#headers;
    return Object.fromEntries(
      Object.entries(this.#headers).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, [value].flat().join(', ')]],
      ),
    );
  }
}

/** Collects an answer without the stream that `Pool.request` would create for it. */
class WholeAnswer implements Dispatcher.DispatchHandler {
  readonly #resolve: (response: ReceivedResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #timer: NodeJS.Timeout;
  readonly #chunks: Buffer[] = [];
  #controller: Dispatcher.DispatchController | undefined;
  #late: Error | undefined;
  #bytes = 0;
  #status = 0;
  #headers: RawHeaders = {};

  constructor(timeoutMs: number, resolve: (response: ReceivedResponse) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timer = setTimeout(() => {
      this.#late = new Error(`timed out: no whole answer within ${timeoutMs} ms`);
      this.#controller?.abort(this.#late);
      this.#reject(this.#late);
    }, timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    // It may have spent its whole timeout waiting for a connection.
    if (this.#late) controller.abort(this.#late);
    else this.#controller = controller;
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: RawHeaders): void {
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > maxBytes) controller.abort(new Error(`the answer is longer than ${maxBytes} bytes`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    clearTimeout(this.#timer);
    const [first] = this.#chunks;
    const bytes = this.#chunks.length === 1 && first ? first : Buffer.concat(this.#chunks);
    const encoding = this.#headers['content-encoding'];
    try {
      const whole = encoding === undefined ? bytes : decompressed(bytes, [encoding].flat().join());
      this.#resolve(new PooledResponse(this.#status, this.#headers, whole.toString('utf8')));
    } catch (error) {
      this.#reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    clearTimeout(this.#timer);
    this.#reject(error);
  }
}

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

// No request accepts it, but some targets compress all the same.
const decompressors = new Map<string, Decompress>([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

const decompressed = (bytes: Buffer, encoding: string): Buffer =>
  // An answer without a body may still name an encoding.
  bytes.length === 0 ? bytes : (decompressors.get(encoding)?.(bytes, { maxOutputLength: maxBytes }) ?? bytes);
