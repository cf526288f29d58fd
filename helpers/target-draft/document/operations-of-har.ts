import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { parseJson } from '../../text/json.ts';
import { UserError } from '../../text/user-error.ts';
import { wordsOf } from '../words/words-of.ts';
import { fieldsOfJson } from './fields-of-json.ts';
import type { Operation, Parameter } from './operation.ts';

const named = z.array(z.object({ name: z.string(), value: z.string() })).catch([]);

const entrySchema = z.object({
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: named,
    postData: z.object({ text: z.string().optional() }).optional().catch(undefined),
  }),
  response: z.object({
    status: z.number(),
    content: z.object({ text: z.string().optional(), encoding: z.string().optional() }).optional().catch(undefined),
  }),
});

/** @see http://www.softwareishard.com/blog/har-12-spec/ */
const harSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) });

type Entry = z.infer<typeof entrySchema>;

const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
const methodOf = (text: string) => methods.find((method) => method === text.toUpperCase());

/** Returns whether a part of a path is an id and not a name: a number, a UUID, or a text with digits in it. */
const isId = (part: string): boolean =>
  /^\d+$/.test(part) ||
  /^[\da-f]{8}-[\da-f-]{27}$/i.test(part) ||
  (/\d/.test(part) && /^[\w.-]{8,}$/.test(part) && !/^v\d/.test(part));

/** Returns a path with parameters in place of ids, named after the part before: `/orders/17` becomes `/orders/{orderId}`. */
const templateOf = (path: string): string => {
  const parts = path.split('/');
  return parts
    .map((part, place) => {
      if (!isId(decodeURIComponent(part))) return part;
      const before = wordsOf(parts[place - 1] ?? '').join('_');
      return `{${before === '' ? 'id' : `${before}_id`}}`;
    })
    .join('/');
};

const bodyOf = ({ response: { content } }: Entry): unknown => {
  const text = content?.text ?? '';
  return parseJson(content?.encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text);
};

const fieldsIn = (json: unknown) => fieldsOfJson(json).fields;

/** Headers that can hold an idempotency key. */
const keyHeader = /idempoten|request-id|request-key/i;

function parametersOf(template: string, url: URL, { request }: Entry): Parameter[] {
  const field = { type: 'string', description: '', values: [], isRequired: true } as const;
  return [
    ...[...template.matchAll(/\{(\w+)\}/g)].map(([, name = '']): Parameter => ({ ...field, name, in: 'path' })),
    ...[...url.searchParams].map(([name, example]): Parameter => ({ ...field, name, in: 'query', example })),
    ...request.headers
      .filter(({ name }) => keyHeader.test(name))
      .map(({ name }): Parameter => ({ ...field, name, in: 'header' })),
  ];
}

/**
 * Returns the operations of a recorded session (HAR 1.2): those of one origin, repeated calls as one.
 *
 * @param baseUrl the address of the API; where nothing was recorded from it, its most frequent origin is taken.
 */
export function operationsOfHar(har: unknown, baseUrl: string): Operation[] {
  const recorded = harSchema.parse(har).log.entries.flatMap((entry) => {
    const { data } = entrySchema.safeParse(entry);
    return data && URL.canParse(data.request.url) ? [{ entry: data, url: new URL(data.request.url) }] : [];
  });
  const ofApi = recorded.filter(({ entry }) => bodyOf(entry) !== undefined);
  const own = new URL(baseUrl);
  const counts = new Map<string, number>();
  for (const { url } of ofApi) counts.set(url.origin, (counts.get(url.origin) ?? 0) + 1);
  const [frequent] = [...counts].toSorted(([, one], [, other]) => other - one);
  const origin = counts.has(own.origin) ? own.origin : frequent?.[0];
  const base = own.pathname.replace(/\/+$/, '');
  const operations = new Map<string, Operation>();
  for (const { entry, url } of ofApi.filter((one) => one.url.origin === origin)) {
    const method = methodOf(entry.request.method);
    const path = url.pathname.startsWith(`${base}/`) ? url.pathname.slice(base.length) : url.pathname;
    const template = templateOf(path);
    if (!method) continue;
    const known = operations.get(`${method} ${template}`);
    const isSuccess = entry.response.status < 300;
    const answer = fieldsOfJson(bodyOf(entry));
    operations.set(`${method} ${template}`, {
      method,
      path: template,
      texts: [],
      parameters: known?.parameters ?? parametersOf(template, url, entry),
      body: known?.body ?? fieldsIn(parseJson(entry.request.postData?.text ?? '')),
      ...(isSuccess ? { success: entry.response.status } : known?.success !== undefined && { success: known.success }),
      answer: isSuccess ? answer.fields : (known?.answer ?? []),
      answersList: isSuccess ? answer.isList : (known?.answersList ?? false),
      errors: isSuccess ? (known?.errors ?? []) : answer.fields,
      isDeprecated: false,
    });
  }
  return [...operations.values()];
}

/** Reads a recorded session. @throws UserError when the file is none. */
export async function readHar(file: string): Promise<unknown> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError(`--har ${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const har = parseJson(text);
  if (harSchema.safeParse(har).success) return har;
  throw new UserError(`--har ${file} is no HAR file: in a browser's network panel, "Save all as HAR" writes one.`);
}
