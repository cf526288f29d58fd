import type { APIRequestContext } from '@playwright/test';
import { limitAnswerSize } from './limit-answer-size.ts';
import { maxBytes } from './transport.ts';
import type { ClosableTransport } from './pool-transport.ts';
import { acceptedEncodings, decompress } from './decompress.ts';
import { withoutStack } from './without-stack.ts';

/**
 * Returns a transport over Playwright's request context, so that every request is in the report and the trace.
 *
 * @param options `isShortLived`: the context ends soon, which frees all bodies at once; else each is freed once it is
 *   read. Its connections are not kept either: a target may close an idle one just when the next request is sent.
 */
export function playwrightTransport(
  context: APIRequestContext,
  baseUrl: string,
  timeoutMs: number,
  { isShortLived = false }: { readonly isShortLived?: boolean } = {},
): ClosableTransport {
  const unbound = limitAnswerSize(baseUrl);
  return {
    async send({ method, path, headers, body }) {
      const fetched = withoutStack(() =>
        context.fetch(`${baseUrl}${path}`, {
          method,
          headers: { 'accept-encoding': acceptedEncodings, ...(isShortLived && { connection: 'close' }), ...headers },
          // A buffer is sent as it is; a string that is not JSON would be quoted first.
          ...(body !== undefined && { data: Buffer.from(body) }),
          failOnStatusCode: false,
          maxRedirects: 0,
          timeout: timeoutMs,
        }),
      );
      const response = await fetched.catch((error: unknown) => {
        throw explained(error, timeoutMs);
      });
      try {
        const answered = response.headers();
        const whole = await decompress(
          await withoutStack(() => response.body()),
          answered['content-encoding'],
          maxBytes,
        );
        return { status: response.status(), headers: answered, body: whole.toString('utf8') };
      } finally {
        if (!isShortLived) await withoutStack(() => response.dispose());
      }
    },
    close() {
      unbound();
      return Promise.resolve();
    },
  };
}

/** Returns a clearer error, where those of Playwright and Node say too little. */
const explained = (error: unknown, timeoutMs: number): unknown => {
  const [message = ''] = error instanceof Error ? error.message.split('\n') : [];
  // An answer that is ended for its length and one that the target breaks off look alike from here.
  if (/(?:^|: )aborted$/.test(message)) {
    return new Error(`the answer broke off, or it is longer than ${maxBytes} bytes`, { cause: error });
  }
  if (message.includes('Header overflow'))
    return new Error(`the answer's headers are longer than 16384 bytes`, { cause: error });
  if (/Timeout \d+ms exceeded/.test(message)) {
    return new Error(`timed out: no whole answer within ${timeoutMs} ms`, { cause: error });
  }
  return error;
};
