import { usualHealthPaths } from '../../target-check/suggest/usual-health-paths.ts';
import { parseJson } from '../../text/json.ts';
import { fieldsOfJson } from './fields-of-json.ts';
import type { Operation, Parameter } from './operation.ts';

/** What the usual paths are asked with. */
export interface Probe {
  /** Sends a GET. @returns its status and body; undefined where no answer came. */
  readonly get: (path: string) => Promise<{ readonly status: number; readonly body: string } | undefined>;
  /** Ids of rows that exist. */
  readonly ids: Readonly<Partial<Record<'userId' | 'productId' | 'orderId', string>>>;
  readonly signal: AbortSignal;
}

const prefixes = ['/api', '', '/api/v1', '/v1'];

const usual: readonly (readonly string[])[] = [
  ['/health', '/actuator/health', '/healthz', '/status', '/ping'],
  [
    ...['/users/{userId}/balance', '/users/{userId}/wallet', '/users/{userId}/points', '/wallets/{userId}'],
    ...['/balances/{userId}', '/balance/{userId}', '/points/{userId}', '/point/{userId}', '/users/{userId}'],
    ...['/members/{userId}/balance', '/customers/{userId}/balance', '/accounts/{userId}'],
  ],
  ['/products/{productId}', '/items/{productId}', '/articles/{productId}', '/goods/{productId}'],
  ['/orders/{orderId}', '/purchases/{orderId}'],
];

const isWebPage = (body: string): boolean => /^\s*<(?:!doctype|html)/i.test(body);

/**
 * Asks the usual paths of health calls, which frameworks add beside what a document describes. Its answer may be of any
 * form but a web page: one is what an application shows for every path that it does not know.
 */
export async function probeHealth({ get, signal }: Omit<Probe, 'ids'>): Promise<Operation | undefined> {
  for (const path of usualHealthPaths) {
    if (signal.aborted) return undefined;
    const answer = await get(path);
    if (!answer || answer.status < 200 || answer.status > 299 || isWebPage(answer.body)) continue;
    return answeredOperation(path, answer.status, fieldsOfJson(parseJson(answer.body)));
  }
  return undefined;
}

const answeredOperation = (
  path: string,
  success: number,
  { fields, isList }: ReturnType<typeof fieldsOfJson>,
): Operation => ({
  ...{ method: 'GET', path, texts: [], parameters: parametersOf(path), body: [], success },
  ...{ answer: fields, answersList: isList, errors: [], isDeprecated: false },
});

const parametersOf = (path: string): Parameter[] =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    ...{ name, in: 'path', type: 'string', isRequired: true, description: '', values: [] },
  }));

/**
 * Asks the usual paths of an API for what exists, by GET alone, so that nothing is changed. Of each kind the first path
 * that answers JSON is taken.
 */
export async function probeUsualPaths({ get, ids, signal }: Probe): Promise<Operation[]> {
  const found: Operation[] = [];
  for (const paths of usual) {
    // Where one call was found, the others most likely have the same prefix.
    const known = found.map(
      ({ path }) => prefixes.find((prefix) => prefix !== '' && path.startsWith(`${prefix}/`)) ?? '',
    );
    const operation = await firstAnswered([...new Set([...known, ...prefixes])], paths);
    if (operation) found.push(operation);
  }
  return found;

  async function firstAnswered(before: readonly string[], paths: readonly string[]): Promise<Operation | undefined> {
    for (const prefix of before) {
      for (const path of paths) {
        if (signal.aborted) return undefined;
        const filled = path.replaceAll(/\{(userId|productId|orderId)\}/g, (_, name: keyof typeof ids) =>
          encodeURIComponent(ids[name] ?? '1'),
        );
        const answer = await get(`${prefix}${filled}`);
        const json = answer && answer.status < 300 ? parseJson(answer.body) : undefined;
        if (!answer || json === undefined) continue;
        return answeredOperation(`${prefix}${path}`, answer.status, fieldsOfJson(json));
      }
    }
    return undefined;
  }
}
