import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import { z } from 'zod';
import { maxBytes } from './transport.ts';

const messageSchema = z.object({ request: z.instanceof(ClientRequest), response: z.instanceof(IncomingMessage) });

// Published with every answer whose headers have arrived, before anybody reads on.
const channel = 'http.client.response.finish';

/** Hosts whose answers are bounded, and by how many at once. */
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
 * Ends every answer of one origin, to whichever of Node's own HTTP clients in this process, once it is longer than it
 * may be: Playwright's request context reads whatever it gets. What is packed stays packed, for the same reason; the
 * header `content-encoding` still says so to who asks the context.
 *
 * @returns what ends the watch.
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
