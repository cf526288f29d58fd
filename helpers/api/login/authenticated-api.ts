import { authenticator } from './authenticator.ts';
import { fixedHeaders, type Contact } from './fixed-headers.ts';
import { rateLimitOf, type RateLimit } from '../answers/rate-limit.ts';
import type { Settings } from '../../settings/settings.ts';
import { ShopApi, type ShopApiOptions } from '../shop-api.ts';
import type { Field } from '../../text/json.ts';

/** Looks up what is known of a user. */
interface ContactLookUp {
  contactOf(userId: Field): Promise<Contact>;
}

interface AuthenticatedApiOptions extends Omit<ShopApiOptions, 'authenticator' | 'fixedHeaders'> {
  readonly settings: Settings;
  /** Returns the database in which a user's name and e-mail address are looked up, once there is one. */
  readonly database?: (() => ContactLookUp | undefined) | undefined;
  /** Default: one that nobody looks at. */
  readonly rateLimit?: RateLimit | undefined;
}

/**
 * Returns the target's API with every request authenticated and with all headers as the profile says. Where the target
 * answers 429, requests wait.
 *
 * @throws UserError when a secret that the profile needs is not set.
 */
export function authenticatedApi({ settings, database, rateLimit, ...options }: AuthenticatedApiOptions): ShopApi {
  const { profile } = options;
  const transport = (rateLimit ?? rateLimitOf(settings, profile)).around(options.transport);
  const contactOf = (userId: Field): Promise<Contact> => database?.()?.contactOf(userId) ?? Promise.resolve({});
  const fixed = fixedHeaders({ profile, settings, contactOf });
  const own = authenticator({ profile, settings, transport, contactOf, fixed });
  return new ShopApi({ ...options, transport, fixedHeaders: fixed, ...(own && { authenticator: own }) });
}
