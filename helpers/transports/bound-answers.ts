import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { ClientRequest, IncomingMessage } from 'node:http';
import { z } from 'zod';

const messageSchema = z.object({ request: z.instanceof(ClientRequest), response: z.instanceof(IncomingMessage) });

// Published with every answer whose headers have arrived, before anybody reads on.
const channel = 'http.client.response.finish';

/**
 * Ends every answer of one origin, to whichever of Node's own HTTP clients in this process, once it is longer than it
 * may be: Playwright's request context reads whatever it gets. What is packed stays packed, for the same reason; the
 * header `content-encoding` still says so to who asks the context.
 *
 * @param mostBytes the most bytes of an answer that are received, packed or not.
 * @returns what ends the watch.
 */
export function boundAnswers(baseUrl: string, mostBytes: number): () => void {
  const { host } = new URL(baseUrl);
  const bound = (message: unknown): void => {
    const { request, response } = messageSchema.parse(message);
    if (request.getHeader('host') !== host) return;
    delete response.headers['content-encoding'];
    const { socket } = response;
    let bytes = 0;
    const count = (chunk: Buffer): void => {
      bytes += chunk.length;
      if (bytes > mostBytes) response.destroy(new Error(`the answer is longer than ${mostBytes} bytes`));
    };
    socket.on('data', count);
    response.once('close', () => socket.off('data', count));
  };
  subscribe(channel, bound);
  return () => {
    unsubscribe(channel, bound);
  };
}
