import type { Field } from '../text/json.ts';
import type { Settings } from '../settings/settings.ts';
import type { Authentication } from '../profile/authentication.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Transport } from './transports/transport.ts';
import { UserError } from '../text/user-error.ts';
import type { Contact, FixedHeaders } from './fixed-headers.ts';
import { bearer, logIn } from './log-in.ts';

/** Returns the headers that authenticate a request as the user of that id, or as nobody in particular. */
export type Authenticate = (userId: Field) => Promise<Readonly<Record<string, string>>>;

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
 * Returns the function that authenticates requests to this target; undefined where it needs none.
 *
 * @throws UserError when a secret that the profile needs is not set.
 */
export function authenticator(options: AuthenticatorOptions): Authenticate | undefined {
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
      return () => Promise.resolve(headers);
    }
    case 'api-key': {
      const headers = { [authentication.header]: secret('API_KEY') };
      return () => Promise.resolve(headers);
    }
    case 'log-in':
      return loggingIn(authentication, options, secret('API_PASSWORD'));
  }
}

type LogIn = Extract<Authentication, { by: 'log-in' }>;

/** Returns a function that logs every user in once. */
const loggingIn = (
  form: LogIn,
  { transport, contactOf, fixed }: AuthenticatorOptions,
  password: string,
): Authenticate => {
  const begin = async (userId: Field) => {
    const { name = null, email = null } = (await contactOf?.(userId)) ?? {};
    const values = { userId: userId ?? null, name, email, password };
    return logIn(userId, { form, transport, headers: (await fixed?.(userId)) ?? {}, values });
  };
  const headers = new Map<Field, ReturnType<typeof begin>>();
  return (userId) => {
    // Without an account there is nobody to log in, and such a request must be refused.
    if (userId === undefined || userId === null) return Promise.resolve({});
    const known = headers.get(userId);
    if (known) return known;
    const fresh = begin(userId);
    headers.set(userId, fresh);
    // A log-in that failed is tried again by the next request.
    fresh.catch(() => headers.delete(userId));
    return fresh;
  };
};
