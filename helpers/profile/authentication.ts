import type { Json } from '../text/json.ts';

/** The way in which requests authenticate; the secrets come from the environment, never from a profile. */
export type Authentication =
  /** One token for all: `Authorization: Bearer $API_TOKEN`. */
  | { readonly by: 'bearer-token' }
  /** One key for all, `$API_KEY`, in a header. @example { by: 'api-key', header: 'X-API-Key' } */
  | { readonly by: 'api-key'; readonly header: string }
  /**
   * A token for each account, fetched once by a log-in call and sent as a bearer token. In `body`, `{userId}`,
   * `{name}` and `{email}` are replaced by those of the account, `{password}` by `$API_PASSWORD`.
   *
   * @example { by: 'log-in', path: '/auth/login', body: { email: '{email}', password: '{password}' }, token: 'data.accessToken' }
   */
  | {
      readonly by: 'log-in';
      readonly path: string;
      readonly body: Readonly<Record<string, Json>>;
      /** Path of the token in the answer. */
      readonly token: string;
    };
