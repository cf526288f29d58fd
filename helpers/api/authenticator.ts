import { parseJson, valueAt, type Json } from '../text/json.ts';
import type { Field } from '../text/json.ts';
import type { Settings } from '../settings/settings.ts';
import type { Authentication } from '../profile/authentication.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Transport } from './transports/transport.ts';
import { UserError } from '../text/user-error.ts';
import { isWebPage } from './unusable-answer.ts';

/** Returns the headers that authenticate a request as the user of that id, or as nobody in particular. */
export type Authenticate = (userId: Field) => Promise<Readonly<Record<string, string>>>;

interface AuthenticatorOptions {
  readonly profile: TargetProfile;
  readonly settings: Settings;
  readonly transport: Transport;
  /** Returns the e-mail address of a user, for log-ins that need it. */
  readonly emailOf?: (userId: Field) => Promise<string | undefined>;
}

/**
 * Returns the function that authenticates requests to this target; undefined where it needs none.
 *
 * @throws UserError when a secret that the profile needs is not set.
 */
export function authenticator({
  profile,
  settings,
  transport,
  emailOf,
}: AuthenticatorOptions): Authenticate | undefined {
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
    case 'log-in': {
      const password = secret('API_PASSWORD');
      return loggingIn(authentication, transport, async (userId) => ({
        userId: userId ?? null,
        email: (await emailOf?.(userId)) ?? null,
        password,
      }));
    }
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

type LogIn = Extract<Authentication, { by: 'log-in' }>;

/** Returns a function that logs every user in once. */
const loggingIn = (
  { path, body, token }: LogIn,
  transport: Transport,
  valuesOf: (userId: Field) => Promise<Readonly<Record<string, Json>>>,
): Authenticate => {
  const logIn = async (userId: Field) => {
    const answer = await transport.send({
      method: 'POST',
      path,
      headers: { accept: 'application/json', 'content-type': 'application/json' },
      body: JSON.stringify(filledIn({ ...body }, await valuesOf(userId))),
    });
    const value = valueAt(parseJson(answer.body), token);
    if (typeof value === 'string' && value !== '') return bearer(value);
    throw new Error(
      `the log-in of user ${JSON.stringify(userId)} (POST ${path}) was answered ${answer.status}${isWebPage(answer) ? ' with a web page' : ''}, without a ${token}`,
    );
  };
  const headers = new Map<Field, ReturnType<typeof logIn>>();
  return (userId) => {
    // Without an account there is nobody to log in, and such a request must be refused.
    if (userId === undefined || userId === null) return Promise.resolve({});
    const known = headers.get(userId);
    if (known) return known;
    const fresh = logIn(userId);
    headers.set(userId, fresh);
    // A log-in that failed is tried again by the next request.
    fresh.catch(() => headers.delete(userId));
    return fresh;
  };
};

/**
 * Replaces `{name}` by its value in all texts of a body; a text that is only a placeholder becomes the value itself.
 */
const filledIn = (template: Json, values: Readonly<Record<string, Json>>): Json => {
  if (Array.isArray(template)) return template.map((part) => filledIn(part, values));
  if (typeof template === 'object' && template !== null) {
    return Object.fromEntries(Object.entries(template).map(([name, part]) => [name, filledIn(part, values)]));
  }
  if (typeof template !== 'string') return template;
  const [, only = ''] = /^\{(\w+)\}$/.exec(template) ?? [];
  const shown = (value: Json | undefined): string | undefined =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  return values[only] ?? template.replace(/\{(\w+)\}/g, (text, name: string) => shown(values[name]) ?? text);
};
