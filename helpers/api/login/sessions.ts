import type { CsrfToken } from '../../profile/authentication.ts';
import type { Field } from '../../text/json.ts';
import { cookieHeader, cookiesIn, withCookiesOf } from './cookies.ts';
import type { ReceivedResponse } from '../answers/exchange.ts';
import { csrfTokenIn } from './log-in.ts';

/** Headers that authenticate a request. */
export type Credentials = Readonly<Record<string, string>>;

interface SessionsOptions {
  /** Logs a user in. */
  readonly begin: (userId: Field) => Promise<Credentials>;
  readonly csrf?: CsrfToken | undefined;
}

/** Returns whether an answer says that whoever asked is not logged in: a 401, or a redirect to the log-in. */
const isSignedOut = ({ status, headers }: ReceivedResponse): boolean =>
  status === 401 || (status >= 300 && status < 400 && /log-?in|sign-?in/i.test(headers.location ?? ''));

/** What is known of one session, whatever its headers are by now. */
interface Session {
  /** One that never was let in does not end, but was none. */
  wasLetIn: boolean;
  /** The session after it, for all requests that see it end. */
  next?: Promise<Credentials>;
}

/** The sessions of a target's users: each begins with a log-in, takes over what answers change, and is renewed at its end. */
export class Sessions {
  readonly #options: SessionsOptions;
  readonly #current = new Map<Field, Promise<Credentials>>();
  readonly #sessions = new WeakMap<Credentials, Session>();

  constructor(options: SessionsOptions) {
    this.#options = options;
  }

  /** Returns the headers of a user's session. A log-in that failed is tried again by the next request. */
  of(userId: Field): Promise<Credentials> {
    return this.#current.get(userId) ?? this.#begin(userId);
  }

  /**
   * Returns the headers of a new session where an answer says that the one used has ended, so that the request can be sent
   * once more; undefined where it is still good, or was never let in.
   */
  async afterAnswer(userId: Field, used: Credentials, answer: ReceivedResponse): Promise<Credentials | undefined> {
    const session = this.#sessions.get(used);
    if (!session) return undefined;
    if (isSignedOut(answer)) {
      if (!session.wasLetIn) return undefined;
      session.next ??= this.#begin(userId);
      return session.next;
    }
    session.wasLetIn = true;
    if ((await this.#current.get(userId)) === used) this.#takeOver(userId, { used, session, answer });
    return undefined;
  }

  #begin(userId: Field): Promise<Credentials> {
    const fresh = this.#options.begin(userId).then((credentials) => {
      this.#sessions.set(credentials, { wasLetIn: false });
      return credentials;
    });
    this.#current.set(userId, fresh);
    fresh.catch(() => this.#current.delete(userId));
    return fresh;
  }

  /** Some targets give each answer another cookie, or another token against forged requests, for the next request. */
  #takeOver(
    userId: Field,
    { used, session, answer }: { used: Credentials; session: Session; answer: ReceivedResponse },
  ): void {
    const { csrf } = this.#options;
    if (used.cookie === undefined) return;
    const cookies = withCookiesOf(answer, cookiesIn(used.cookie));
    const token = csrf && (answer.headers[csrf.header.toLowerCase()] ?? csrfTokenIn(csrf, answer, cookies));
    const changed = { ...used, ...cookieHeader(cookies), ...(csrf && token !== undefined && { [csrf.header]: token }) };
    if (Object.entries(changed).every(([name, value]) => used[name] === value)) return;
    this.#sessions.set(changed, session);
    this.#current.set(userId, Promise.resolve(changed));
  }
}
