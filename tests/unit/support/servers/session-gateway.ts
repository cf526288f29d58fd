import { randomBytes } from 'node:crypto';
import type { Arrival, OwnAnswer } from './gateway.ts';

/** The password of every user. */
export const sessionPassword = 'pa"ss & wörd+1%';

interface Session {
  readonly email: string;
  readonly token: string;
}

const cookiesOf = ({ headers }: Arrival): Record<string, string> =>
  Object.fromEntries(
    (headers.cookie ?? '').split('; ').map((cookie): [string, string] => {
      const equals = cookie.indexOf('=');
      return [cookie.slice(0, equals), cookie.slice(equals + 1)];
    }),
  );

// A token with letters that a cookie holds in another form.
const newToken = (): string => `${randomBytes(9).toString('hex')}+/=`;

const refusal = (status: number, message: string): OwnAnswer => ({ status, body: JSON.stringify({ message }) });

/**
 * Returns the answers of a gateway with sessions, as frameworks make them: a token against forged requests in a cookie,
 * which a log-in needs and which the log-in changes; a log-in by form; and a session in a cookie of its own.
 *
 * @param endsAfter number of requests after which the first session of a user ends.
 */
export function sessionGateway({ endsAfter = Infinity } = {}): (arrival: Arrival) => OwnAnswer | undefined {
  const requests = new Map<string, number>();
  const sessions = new Map<string, Session>();
  const tokens = new Set<string>();
  const cookieOf = (token: string): string =>
    `XSRF-TOKEN=${encodeURIComponent(token)}; Path=/; Expires=Wed, 21 Oct 2099 07:28:00 GMT`;
  return (arrival) => {
    const { method, path, headers, body } = arrival;
    const { SESSION: id = '', 'XSRF-TOKEN': shown = '' } = cookiesOf(arrival);
    const session = sessions.get(id);
    if (path === '/csrf') {
      const token = session?.token ?? newToken();
      tokens.add(token);
      return { status: 204, headers: { 'set-cookie': cookieOf(token) } };
    }
    const token = headers['x-xsrf-token'];
    if (method !== 'GET' && (typeof token !== 'string' || decodeURIComponent(shown) !== token || !tokens.has(token))) {
      return refusal(403, 'Invalid CSRF token');
    }
    if (path === '/login') {
      const fields = new URLSearchParams(body);
      const email = fields.get('username') ?? '';
      if (!email.includes('@') || fields.get('password') !== sessionPassword) return refusal(401, 'Bad credentials');
      const began = randomBytes(12).toString('hex');
      sessions.set(began, { email, token: newToken() });
      return {
        status: 302,
        headers: { location: '/', 'set-cookie': [`SESSION=${began}; Path=/; HttpOnly`, 'lang=ko; Path=/'] },
      };
    }
    if (/^\/(?:health|api\/products\/)/.test(path)) return undefined;
    const count = (requests.get(id) ?? 0) + 1;
    requests.set(id, count);
    const isFirst = [...sessions].find(([, { email }]) => email === session?.email)?.[0] === id;
    if (!session || (isFirst && count > endsAfter)) return refusal(401, 'Not signed in');
    return method === 'GET' || token === session.token ? undefined : refusal(403, 'Invalid CSRF token');
  };
}
