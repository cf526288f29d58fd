import type { Field } from '../../text/json.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Authentication } from '../../profile/authentication.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Transport } from '../transports/transport.ts';
import { UserError } from '../../text/user-error.ts';
import type { ReceivedResponse } from '../answers/exchange.ts';
import type { Contact, FixedHeaders } from './fixed-headers.ts';
import { bearer, logIn } from './log-in.ts';
import { Sessions, type Credentials } from './sessions.ts';

/** Authenticates requests. */
export interface Authenticator {
  /** Returns the headers that authenticate a request as the user of that id, or as nobody in particular. */
  credentials(userId: Field): Promise<Credentials>;
  /** Returns other headers with which the request is to be sent once more, where its answer says that those used are over. */
  afterAnswer?(userId: Field, used: Credentials, answer: ReceivedResponse): Promise<Credentials | undefined>;
}

interface AuthenticatorOptions {
  readonly profile: TargetProfile;
  readonly settings: Settings;
  readonly transport: Transport;
  /** Returns name and e-mail address of a user, for log-ins that need them. */
  readonly contactOf?: ((userId: Field) => Promise<Contact>) | undefined;
  /** Returns the further headers that every request has to have. */
  readonly fixed?: FixedHeaders | undefined;
}

/**
 * Returns what authenticates requests to this target; undefined where it needs none.
 *
 * @throws UserError when a secret that the profile needs is not set.
 */
export function authenticator(options: AuthenticatorOptions): Authenticator | undefined {
  const { profile, settings } = options;
  const { authentication } = profile;
  const secret = (name: 'API_TOKEN' | 'API_KEY' | 'API_PASSWORD'): string => {
    const value = settings.secrets[name];
    if (value !== undefined) return value;
    throw new UserError(
      `The target profile ${profile.name} needs ${name}, but it is not set. Set it in the environment or in .env.`,
    );
  };
  switch (authentication?.by) {
    case undefined:
      return undefined;
    case 'bearer-token': {
      const headers = bearer(secret('API_TOKEN'));
      return { credentials: () => Promise.resolve(headers) };
    }
    case 'api-key': {
      const headers = { [authentication.header]: secret('API_KEY') };
      return { credentials: () => Promise.resolve(headers) };
    }
    case 'log-in':
      return loggingIn(authentication, options, secret('API_PASSWORD'));
  }
}

type LogIn = Extract<Authentication, { by: 'log-in' }>;

/** Logs every user in once, and again once that session has ended. */
const loggingIn = (
  form: LogIn,
  { transport, contactOf, fixed }: AuthenticatorOptions,
  password: string,
): Authenticator => {
  const sessions = new Sessions({
    csrf: form.csrf,
    begin: async (userId) => {
      const { name = null, email = null } = (await contactOf?.(userId)) ?? {};
      const values = { userId: userId ?? null, name, email, password };
      return logIn(userId, { form, transport, headers: (await fixed?.(userId)) ?? {}, values });
    },
  });
  // Without an account there is nobody to log in, and such a request must be refused.
  const isNobody = (userId: Field): boolean => userId === undefined || userId === null;
  return {
    credentials: (userId) => (isNobody(userId) ? Promise.resolve({}) : sessions.of(userId)),
    afterAnswer: (userId, used, answer) =>
      isNobody(userId) ? Promise.resolve(undefined) : sessions.afterAnswer(userId, used, answer),
  };
};
