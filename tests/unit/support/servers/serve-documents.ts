import { createServer } from 'node:http';
import { once } from 'node:events';

/** A server of documents that counts who asked for what. */
export interface DocumentServer {
  readonly url: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  close(): void;
}

/** Starts a server that answers each path with a text, and 404 for all others. */
export async function serveDocuments(texts: Readonly<Record<string, string>>): Promise<DocumentServer> {
  const asked: string[] = [];
  const server = createServer(({ url = '/' }, response) => {
    asked.push(url);
    const text = texts[url];
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(text ?? '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}`,
    asked,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
