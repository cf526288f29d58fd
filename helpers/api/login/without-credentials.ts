import type { ReceivedResponse } from '../answers/exchange.ts';
import { withoutSecrets } from '../../text/secrets.ts';

type Headers = Readonly<Record<string, string>>;

/** Returns the secrets in the headers that authenticate a request. */
export const secretsIn = (credentials: Headers = {}): string[] =>
  Object.entries(credentials).flatMap(([name, value]) =>
    name === 'cookie'
      ? value.split('; ').map((cookie) => cookie.slice(cookie.indexOf('=') + 1))
      : value.replace(/^Bearer /, ''),
  );

/** Returns an answer without the credentials that it may repeat and without all other secrets. */
export function withoutCredentials(response: ReceivedResponse, credentials: Headers | undefined): ReceivedResponse {
  const secrets = secretsIn(credentials);
  const body = withoutSecrets(response.body, secrets);
  if (!credentials && body === response.body) return response;
  return {
    status: response.status,
    // Rarely read, and expensive to search.
    get headers() {
      const shown = Object.entries(response.headers).map(([name, value]): [string, string] => {
        return [name, withoutSecrets(value, secrets)];
      });
      return Object.fromEntries(shown);
    },
    body,
  };
}
