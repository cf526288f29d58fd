import { UserError } from '../../text/user-error.ts';
import { readDocument, type ReadDocument } from './read-document.ts';

/** Places at which frameworks publish their documents: Spring, FastAPI, Fastify, NestJS, Express, .NET, Quarkus, others. */
const usualPlaces = [
  ...['/v3/api-docs', '/openapi.json', '/docs/json', '/api-json', '/api-docs', '/api/openapi.json', '/api/docs-json'],
  ...['/swagger/v1/swagger.json', '/swagger.json', '/docs-json', '/api-docs.json', '/q/openapi', '/v2/api-docs'],
  ...['/openapi.yaml', '/swagger/doc.json', '/api/v3/api-docs', '/docs'],
];

/**
 * Looks for a document at the usual places of an API, by GET alone.
 *
 * @returns undefined where there is none.
 */
export async function findDocument(
  baseUrl: string,
  signal: AbortSignal,
): Promise<(ReadDocument & { readonly url: string }) | undefined> {
  for (const place of usualPlaces) {
    if (signal.aborted) return undefined;
    const url = new URL(`${baseUrl.replace(/\/+$/, '')}${place}`).href;
    try {
      return { url, ...(await readDocument(url, signal)) };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
    }
  }
  return undefined;
}
