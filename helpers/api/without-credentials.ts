import type { ReceivedResponse } from './exchange.ts';
import { withoutSecrets } from '../text/secrets.ts';

type Headers = Readonly<Record<string, string>>;

/** The secrets among the headers that prove who sends a request. */
export const secretsIn = (credentials: Headers = {}): string[] =>
  Object.values(credentials).map((value) => value.replace(/^Bearer /, ''));

/** An answer that may repeat what proved who asked, without that and all other secrets. */
export function withoutCredentials(response: ReceivedResponse, credentials: Headers | undefined): ReceivedResponse {
  const secrets = secretsIn(credentials);
  const body = withoutSecrets(response.body, secrets);
  if (!credentials && body === response.body) return response;
  return {
    status: response.status,
    // Seldom asked for, and costly to go through.
    get headers() {
      const shown = Object.entries(response.headers).map(([name, value]): [string, string] => {
        return [name, withoutSecrets(value, secrets)];
      });
      return Object.fromEntries(shown);
    },
    body,
  };
}
