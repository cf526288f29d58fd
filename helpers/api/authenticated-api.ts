import { authenticator } from './authenticator.ts';
import type { Settings } from '../settings/settings.ts';
import { ShopApi, type ShopApiOptions } from './shop-api.ts';
import type { Field } from '../text/json.ts';

/** Looks up a user's e-mail address, where it is known. */
interface EmailLookUp {
  emailOf(userId: Field): Promise<string | undefined>;
}

interface AuthenticatedApiOptions extends Omit<ShopApiOptions, 'authenticate'> {
  readonly settings: Settings;
  /** Returns the database in which log-ins look up a user's e-mail address, once there is one. */
  readonly database?: (() => EmailLookUp | undefined) | undefined;
}

/**
 * Returns the target's API with every request authenticated as the profile says.
 *
 * @throws UserError when a secret that the profile needs is not set.
 */
export function authenticatedApi({ settings, database, ...options }: AuthenticatedApiOptions): ShopApi {
  const { profile, transport } = options;
  const emailOf = (userId: Field): Promise<string | undefined> =>
    database?.()?.emailOf(userId) ?? Promise.resolve(undefined);
  const authenticate = authenticator({ profile, settings, transport, emailOf });
  return new ShopApi({ ...options, ...(authenticate && { authenticate }) });
}
