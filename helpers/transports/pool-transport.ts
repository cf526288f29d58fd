import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { Pool, type Dispatcher } from 'undici';
import type { ReceivedResponse, SentRequest } from '../exchange.ts';
import type { Transport } from './transport.ts';

/** A transport that can be closed. */
export interface ClosableTransport extends Transport {
  close(): Promise<void>;
}

const mostBytes = 1_000_000;

/**
 * Sends over a pool of kept connections, at the lowest cost that there is: nothing of a request is kept or reported.
 *
 * @param connections the most that are open at once.
 */
export function poolTransport(baseUrl: string, timeoutMs: number, connections: number): ClosableTransport {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, {
    connections,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connectTimeout: timeoutMs,
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
        pool.dispatch(options, new WholeAnswer(resolve, reject));
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

/** Collects an answer without the stream that `Pool.request` would make of it. */
class WholeAnswer implements Dispatcher.DispatchHandler {
  readonly #resolve: (response: ReceivedResponse) => void;
  readonly #reject: (error: Error) => void;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #status = 0;
  #headers: Record<string, string> = {};

  constructor(resolve: (response: ReceivedResponse) => void, reject: (error: Error) => void) {
    this.#resolve = resolve;
    this.#reject = reject;
  }

  onRequestStart(): void {
    // Without this method the handler would be taken for one of an older form.
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Readonly<Record<string, string | string[] | undefined>>,
  ): void {
    this.#status = status;
    this.#headers = {};
    for (const name in headers) {
      const value = headers[name];
      if (value !== undefined) this.#headers[name] = typeof value === 'string' ? value : value.join(', ');
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > mostBytes) controller.abort(new Error(`the answer is longer than ${mostBytes} bytes`));
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    try {
      const body = decompressed(bytes ?? Buffer.alloc(0), this.#headers['content-encoding']).toString('utf8');
      this.#resolve({ status: this.#status, headers: this.#headers, body });
    } catch (error) {
      this.#reject(error instanceof Error ? error : new Error(String(error)));
    }
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#reject(error);
  }
}

type Decompress = (bytes: Buffer, options: { maxOutputLength: number }) => Buffer;

// Nothing asks for it, but some targets compress all the same.
const decompressors = new Map<string | undefined, Decompress>([
  ['gzip', gunzipSync],
  ['deflate', inflateSync],
  ['br', brotliDecompressSync],
]);

const decompressed = (bytes: Buffer, encoding: string | undefined): Buffer =>
  decompressors.get(encoding)?.(bytes, { maxOutputLength: mostBytes }) ?? bytes;
