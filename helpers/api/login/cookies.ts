import type { ReceivedResponse } from '../answers/exchange.ts';

/** The cookies of one session, by name. */
export type Cookies = ReadonlyMap<string, string>;

// Several `set-cookie` are joined by a comma or a new line; the date of `Expires` has a comma of its own.
const betweenCookies = /\n|,\s*(?=[^;,\s=]+=)/;

/** Returns a session's cookies once an answer has set or removed some. */
export function withCookiesOf({ headers }: ReceivedResponse, before: Cookies): Cookies {
  const cookies = new Map(before);
  for (const cookie of (headers['set-cookie'] ?? '').split(betweenCookies)) {
    const [pair = '', ...attributes] = cookie.split(';');
    const equals = pair.indexOf('=');
    if (equals < 1) continue;
    const [name, value] = [pair.slice(0, equals).trim(), pair.slice(equals + 1).trim()];
    if (value === '' || attributes.some((attribute) => /^\s*max-age=(?:0|-\d+)\s*$/i.test(attribute))) {
      cookies.delete(name);
    } else {
      cookies.set(name, value);
    }
  }
  return cookies;
}

/** Returns the cookies that a header sends. */
export const cookiesIn = (header: string): Cookies =>
  new Map(
    header.split('; ').map((cookie): [string, string] => {
      const equals = cookie.indexOf('=');
      return [cookie.slice(0, equals), cookie.slice(equals + 1)];
    }),
  );

/** Returns the header that sends cookies; none where there are none. */
export const cookieHeader = (cookies: Cookies): Record<string, string> =>
  cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
