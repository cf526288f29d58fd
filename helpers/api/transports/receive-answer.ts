import { errors, type Dispatcher } from 'undici';
import type { ReceivedResponse, SentRequest } from '../answers/exchange.ts';
import { maxBytes } from './transport.ts';
import { acceptedEncodings, decompress } from './decompress.ts';

const maxHeaderBytes = 16_384;

/**
 * Returns options that limit the answers of a dispatcher in time and size.
 *
 * @param ca authorities whose certificates are accepted, in place of the usual ones.
 */
export const dispatcherOptions = (timeoutMs: number, ca?: string) => ({
  ...(ca !== undefined && { connect: { ca } }),
  headersTimeout: timeoutMs,
  bodyTimeout: timeoutMs,
  connectTimeout: timeoutMs,
  maxHeaderSize: maxHeaderBytes,
  maxResponseSize: maxBytes,
});

interface Route {
  /** Made with `dispatcherOptions`. */
  readonly dispatcher: Dispatcher;
  readonly baseUrl: URL;
  /** For the whole answer, to its last byte. */
  readonly timeoutMs: number;
  /** Aborts the request at any moment. */
  readonly cut?: AbortSignal;
}

/**
 * Sends one request and reads its whole answer, up to a megabyte. No redirect is followed: credentials go only to the
 * target itself.
 *
 * @throws Error that says why there is no answer, or why it was aborted.
 */
export async function receiveAnswer(
  { method, path, headers, body }: SentRequest,
  { dispatcher, baseUrl, timeoutMs, cut }: Route,
): Promise<ReceivedResponse> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    const response = await dispatcher.request({
      origin: baseUrl.origin,
      method,
      path: `${baseUrl.pathname.replace(/\/$/, '')}${path}`,
      headers: { 'accept-encoding': acceptedEncodings, ...headers },
      signal: cut ? AbortSignal.any([cut, timeout]) : timeout,
      ...(body !== undefined && { body }),
    });
    const received = Buffer.from(await response.body.arrayBuffer());
    const answered = singleValues(response.headers);
    const whole = await decompress(received, answered['content-encoding'], maxBytes);
    return { status: response.statusCode, headers: answered, body: whole.toString('utf8') };
  } catch (error) {
    throw explained(error, timeoutMs);
  }
}

const singleValues = (headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));

/** Returns a clearer error, where that of the client says too little. */
const explained = (error: unknown, timeoutMs: number): unknown => {
  if (error instanceof errors.ResponseExceededMaxSizeError) {
    return new Error(`the answer is longer than ${maxBytes} bytes`);
  }
  if (error instanceof errors.HeadersOverflowError) {
    return new Error(`the answer's headers are longer than ${maxHeaderBytes} bytes`);
  }
  const timedOut =
    (error instanceof DOMException && error.name === 'TimeoutError') ||
    error instanceof errors.HeadersTimeoutError ||
    error instanceof errors.BodyTimeoutError;
  return timedOut ? new Error(`timed out: no whole answer within ${timeoutMs} ms`) : error;
};
