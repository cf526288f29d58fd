import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { $RefParser } from '@apidevtools/json-schema-ref-parser';
import { UserError } from '../../text/user-error.ts';
import { isRecord } from '../../text/json.ts';

const maxBytes = 20_000_000;
const timeoutMs = 20_000;

/** A document with all its references within itself. */
export interface ReadDocument {
  readonly document: Readonly<Record<string, unknown>>;
  /** References that were not followed, and why. */
  readonly notes: readonly string[];
}

/** Returns what went wrong: `fetch` only says in the cause that a connection was refused. */
const messageOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error ? cause.message || ('code' in cause ? String(cause.code) : cause.name) : error.message;
};

/** Fetches a text. @throws Error with what was answered instead. */
async function download(url: string, signal: AbortSignal): Promise<string> {
  // A redirect may lead to another host.
  const response = await fetch(url, {
    redirect: 'manual',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
    headers: { accept: 'application/json, application/yaml;q=0.9, */*;q=0.1' },
  });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const length = Number(response.headers.get('content-length') ?? 0);
  if (length > maxBytes) throw new Error(`${url} is larger than ${maxBytes / 1_000_000} MB`);
  const text = await response.text();
  if (text.length > maxBytes) throw new Error(`${url} is larger than ${maxBytes / 1_000_000} MB`);
  return text;
}

const isUrl = (source: string): boolean => /^https?:\/\//i.test(source);

/**
 * Reads an OpenAPI or Swagger document, in JSON or YAML, with the files that it refers to: from its own origin, or, where
 * it is a file, from its own folder and below. No other host is ever asked.
 *
 * @param source a URL or the path of a file.
 * @throws UserError when it cannot be read or is no document of an API.
 */
export async function readDocument(source: string, signal: AbortSignal): Promise<ReadDocument> {
  const isRemote = isUrl(source);
  const location = isRemote ? source : pathToFileURL(path.resolve(source)).href;
  const notes: string[] = [];
  let failure: string | undefined;
  const isAllowed = (url: string): boolean =>
    isRemote
      ? isUrl(url) && new URL(url).origin === new URL(location).origin
      : url.startsWith('file:') && url.startsWith(new URL('.', location).href);
  const read = async (url: string): Promise<string> => {
    if (!isAllowed(url)) {
      const place = isRemote ? 'origin' : 'folder';
      notes.push(`${url} was not read: the document refers to it, but it is not of the document's own ${place}`);
      return '{}';
    }
    try {
      return isRemote ? await download(url, signal) : await readFile(new URL(url), 'utf8');
    } catch (error) {
      if (url === location) failure = messageOf(error);
      if (url === location) throw error;
      notes.push(`${url} was not read: ${messageOf(error)}`);
      return '{}';
    }
  };
  const parser = new $RefParser();
  let document: unknown;
  try {
    document = await parser.bundle(location, {
      resolve: {
        file: false,
        http: false,
        own: {
          order: 1,
          canRead: true,
          read: ({ url }: { url: string }) => read(url.startsWith('/') ? pathToFileURL(url).href : url),
        },
      },
      timeoutMs: timeoutMs * 3,
    });
  } catch (error) {
    // A reference that leads nowhere is no reason to know nothing of all the rest.
    document = failure === undefined ? parser.schema : undefined;
    if (isRecord(document)) notes.push(`not all references were followed: ${messageOf(error)}`);
    else throw new UserError(`--openapi ${source} cannot be read: ${failure ?? messageOf(error)}`);
  }
  if (!isRecord(document) || !isRecord(document.paths)) {
    throw new UserError(
      `--openapi ${source} is no OpenAPI or Swagger document: it has no "paths". Usual places: /v3/api-docs (Spring), ` +
        '/openapi.json (FastAPI), /api-json (NestJS), /docs/json (Fastify), /swagger/v1/swagger.json (.NET).',
    );
  }
  return { document, notes };
}
