import type { Json } from '../text/json.ts';

/** How requests prove who sends them; the secrets themselves come from the environment, never from a profile. */
export type Authentication =
  /** One token for all: `Authorization: Bearer $API_TOKEN`. */
  | { readonly by: 'bearer-token' }
  /** One key for all, `$API_KEY`, in a header. @example { by: 'api-key', header: 'X-API-Key' } */
  | { readonly by: 'api-key'; readonly header: string }
  /**
   * A token for each account, fetched once by a log-in call and sent as a bearer token. In `body`, `{userId}`,
   * `{name}` and `{email}` stand for the account's own, `{password}` for `$API_PASSWORD`.
   *
   * @example { by: 'log-in', path: '/auth/login', body: { email: '{email}', password: '{password}' }, token: 'data.accessToken' }
   */
  | {
      readonly by: 'log-in';
      readonly path: string;
      readonly body: Readonly<Record<string, Json>>;
      /** Where the answer says the token. */
      readonly token: string;
    };
