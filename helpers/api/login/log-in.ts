import type { Authentication, CsrfToken } from '../../profile/authentication.ts';
import { isRecord, parseJson, valueAt, type Field, type Json } from '../../text/json.ts';
import { cookieHeader, withCookiesOf, type Cookies } from './cookies.ts';
import type { ReceivedResponse } from '../answers/exchange.ts';
import type { Transport } from '../transports/transport.ts';
import { isWebPage } from '../answers/unusable-answer.ts';

type Headers = Readonly<Record<string, string>>;

type LogIn = Extract<Authentication, { by: 'log-in' }>;

interface LogInOptions {
  readonly form: LogIn;
  readonly transport: Transport;
  /** Further headers of this user's requests. */
  readonly headers: Headers;
  /** Values of the placeholders in the body. */
  readonly values: Readonly<Record<string, Json>>;
}

/** Returns the header of a bearer token. */
export const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` });

/**
 * Logs a user in.
 *
 * @returns the headers that authenticate this user's requests.
 * @throws Error that says how the log-in was answered.
 */
export async function logIn(userId: Field, { form, transport, headers, values }: LogInOptions): Promise<Headers> {
  const { path, body, encoding = 'json', token, csrf } = form;
  const accept = { accept: 'application/json', ...headers };
  const ask = async (askedPath: string, cookies: Cookies): Promise<ReceivedResponse> =>
    transport.send({ method: 'GET', path: askedPath, headers: { ...accept, ...cookieHeader(cookies) } });
  let cookies: Cookies = new Map();
  let csrfToken: string | undefined;
  if (csrf?.path !== undefined) {
    const asked = await ask(csrf.path, cookies);
    cookies = withCookiesOf(asked, cookies);
    csrfToken = csrfTokenIn(csrf, asked, cookies);
    if (csrfToken === undefined) throw new Error(withoutToken(userId, `GET ${csrf.path}`, asked, wordsFor(csrf)));
  }
  const filled = filledIn({ ...body }, { ...values, csrf: csrfToken ?? '' });
  const answer = await transport.send({
    method: 'POST',
    path,
    headers: {
      ...accept,
      'content-type': encoding === 'form' ? 'application/x-www-form-urlencoded' : 'application/json',
      ...cookieHeader(cookies),
      ...(csrf && csrfToken !== undefined && { [csrf.header]: csrfToken }),
    },
    body: encoding === 'form' ? formText(filled) : JSON.stringify(filled),
  });
  const fail = (what: string): Error => new Error(withoutToken(userId, `POST ${path}`, answer, what));
  if (token !== undefined) {
    const value = valueAt(parseJson(answer.body), token);
    if (typeof value === 'string' && value !== '') return bearer(value);
    const elsewhere = pathOfName(parseJson(answer.body), token.split('.').at(-1) ?? token);
    throw fail(`a ${token}${elsewhere === undefined ? '' : `; it has ${elsewhere}`}`);
  }
  // Many tell a browser where to go next.
  const isDone = answer.status >= 200 && answer.status < 400;
  const session = withCookiesOf(answer, cookies);
  if (!isDone || session.size === 0) throw fail('a cookie');
  if (!csrf) return cookieHeader(session);
  // Many targets give a session a token of its own.
  const last = csrf.path === undefined ? answer : await ask(csrf.path, session);
  const kept = csrf.path === undefined ? session : withCookiesOf(last, session);
  const sessionToken = csrfTokenIn(csrf, last, kept);
  if (sessionToken === undefined) throw fail(wordsFor(csrf));
  return { ...cookieHeader(kept), [csrf.header]: sessionToken };
}

const maxDepth = 4;

/** Returns the path of the first text of that name in an answer; undefined where there is none. */
function pathOfName(json: unknown, name: string, depth = maxDepth): string | undefined {
  if (depth === 0 || !isRecord(json)) return undefined;
  if (typeof json[name] === 'string') return name;
  for (const [outer, inner] of Object.entries(json)) {
    const path = /^\w{1,40}$/.test(outer) ? pathOfName(inner, name, depth - 1) : undefined;
    if (path !== undefined) return `${outer}.${path}`;
  }
  return undefined;
}

/** Says how a log-in was answered. `api-failure.ts` and `judge-missing-success.ts` read it. */
const withoutToken = (userId: Field, asked: string, answer: ReceivedResponse, what: string): string =>
  `the log-in of user ${JSON.stringify(userId)} (${asked}) was answered ${answer.status}${isWebPage(answer) ? ' with a web page' : ''}, without ${what}`;

const wordsFor = ({ cookie, field = '' }: CsrfToken): string =>
  cookie === undefined ? `a ${field}` : `a cookie ${cookie}`;

/** Returns the token against forged requests in an answer or its cookies; undefined where there is none. */
export const csrfTokenIn = (
  { cookie, field }: CsrfToken,
  answer: ReceivedResponse,
  cookies: Cookies,
): string | undefined => {
  if (cookie !== undefined) return decoded(cookies.get(cookie));
  const value = field === undefined ? undefined : valueAt(parseJson(answer.body), field);
  return typeof value === 'string' && value !== '' ? value : undefined;
};

// As clients in a browser read it.
const decoded = (value: string | undefined): string | undefined => {
  try {
    return value === undefined ? undefined : decodeURIComponent(value);
  } catch {
    return value;
  }
};

const formText = (body: Json): string =>
  typeof body === 'object' && body !== null && !Array.isArray(body)
    ? new URLSearchParams(
        Object.entries(body).map(([name, value]): [string, string] => [
          name,
          typeof value === 'string' ? value : JSON.stringify(value),
        ]),
      ).toString()
    : '';

/**
 * Replaces `{name}` by its value in all texts of a body; a text that is only a placeholder becomes the value itself.
 */
const filledIn = (template: Json, values: Readonly<Record<string, Json>>): Json => {
  if (Array.isArray(template)) return template.map((part) => filledIn(part, values));
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, filledIn(part, values)]));
  }
  if (typeof template !== 'string') return template;
  const [, only = ''] = /^\{(\w+)\}$/.exec(template) ?? [];
  const shown = (value: Json | undefined): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  return values[only] ?? template.replace(/\{(\w+)\}/g, (text, name: string) => shown(values[name]) ?? text);
};
