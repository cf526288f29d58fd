import type { Json } from '../text/json.ts';

/** A token against forged requests, which a target wants in a header beside the cookie of its session. */
export interface CsrfToken {
  /** @example 'X-XSRF-TOKEN' */
  readonly header: string;
  /** The cookie that holds the token. Either this one or `field`. @example 'XSRF-TOKEN' */
  readonly cookie?: string;
  /** Path of the token in the answer to `path`, or to the log-in where there is no `path`. */
  readonly field?: string;
  /** What is asked for it (GET), before the log-in and again after it; left out where the log-in gives it. */
  readonly path?: string;
}

/** The way in which requests authenticate; the secrets come from the environment, never from a profile. */
export type Authentication =
  /** One token for all: `Authorization: Bearer $API_TOKEN`. */
  | { readonly by: 'bearer-token' }
  /** One key for all, `$API_KEY`, in a header. @example { by: 'api-key', header: 'X-API-Key' } */
  | { readonly by: 'api-key'; readonly header: string }
  /**
   * A log-in call for each account, made once, and again where its session ends (401, or a redirect to the log-in): its
   * answer's token is sent as a bearer token, or where it has none its cookies are, as later answers change them. In `body`, `{userId}`, `{name}` and `{email}` are replaced by those of the account, `{password}` by
   * `$API_PASSWORD`, and `{csrf}` by the token of `csrf`.
   *
   * @example { by: 'log-in', path: '/auth/login', body: { email: '{email}', password: '{password}' }, token: 'data.accessToken' }
   * @example { by: 'log-in', path: '/login', encoding: 'form', body: { username: '{email}', password: '{password}' }, csrf: { header: 'X-XSRF-TOKEN', cookie: 'XSRF-TOKEN', path: '/csrf' } }
   */
  | {
      readonly by: 'log-in';
      readonly path: string;
      readonly body: Readonly<Record<string, Json>>;
      /** How the body is sent: as JSON, the default, or as a form. */
      readonly encoding?: 'json' | 'form';
      /** Path of the token in the answer; left out where the cookies of the answer are the session. */
      readonly token?: string;
      readonly csrf?: CsrfToken;
    };
