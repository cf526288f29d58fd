import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import { z } from 'zod';
import { maxBytes } from './transport.ts';

const messageSchema = z.object({ request: z.instanceof(ClientRequest), response: z.instanceof(IncomingMessage) });

// Published with every answer once its headers have arrived, before its body is read.
const channel = 'http.client.response.finish';

/** Hosts whose answers are limited, with the number of callers that have asked for it. */
const bounded = new Map<string, number>();

const bound = (message: unknown): void => {
  const { request, response } = messageSchema.parse(message);
  if (!bounded.has(String(request.getHeader('host')))) return;
  delete response.headers['content-encoding'];
  const { socket } = response;
  let bytes = 0;
  const count = (chunk: Buffer): void => {
    bytes += chunk.length;
    if (bytes > maxBytes) response.destroy(new Error(`the answer is longer than ${maxBytes} bytes`));
  };
  socket.on('data', count);
  response.once('close', () => socket.off('data', count));
};

/**
 * Aborts every answer of one origin, to any of Node's own HTTP clients in this process, once it exceeds the maximum
 * size: Playwright's request context has no limit. Compressed answers stay compressed for the same reason; the context
 * still shows their header `content-encoding`.
 *
 * @returns a function that lifts the limit.
 */
export function limitAnswerSize(baseUrl: string): () => void {
  const { host } = new URL(baseUrl);
  if (bounded.size === 0) subscribe(channel, bound);
  bounded.set(host, (bounded.get(host) ?? 0) + 1);
  return () => {
    const others = (bounded.get(host) ?? 1) - 1;
    if (others > 0) bounded.set(host, others);
    else bounded.delete(host);
    if (bounded.size === 0) unsubscribe(channel, bound);
  };
}
