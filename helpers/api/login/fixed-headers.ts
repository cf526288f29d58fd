import { isPerUser } from '../../profile/headers.ts';
import { fitsInHeader } from '../../profile/key-carriage.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { Settings } from '../../settings/settings.ts';
import type { Field } from '../../text/json.ts';
import { UserError } from '../../text/user-error.ts';

/** What the tables say of a user, as far as the profile names the columns. */
export interface Contact {
  readonly name?: string;
  readonly email?: string;
}

/** Returns the further headers of a request of a user, or of nobody in particular; names in lower case. */
export type FixedHeaders = (userId: Field) => Promise<Readonly<Record<string, string>>>;

interface FixedHeadersOptions {
  readonly profile: Pick<TargetProfile, 'name' | 'headers'>;
  readonly settings: Pick<Settings, 'headerValues'>;
  readonly contactOf?: ((userId: Field) => Promise<Contact>) | undefined;
}

/**
 * Returns the further headers that a profile demands of every request; undefined where there are none. One with a
 * placeholder is left out of requests that have no value for it, such as those of nobody.
 *
 * @throws UserError when a value from the environment is not set.
 */
export function fixedHeaders({ profile, settings, contactOf }: FixedHeadersOptions): FixedHeaders | undefined {
  const entries = Object.entries(profile.headers ?? {});
  if (entries.length === 0) return undefined;
  const alike: Record<string, string> = {};
  const ofUser: [name: string, template: string][] = [];
  for (const [header, value] of entries) {
    const name = header.toLowerCase();
    if (typeof value !== 'string') alike[name] = fromEnvironment(value.fromEnvironment, header, profile, settings);
    else if (isPerUser(value)) ofUser.push([name, value]);
    else alike[name] = value;
  }
  if (ofUser.length === 0) return () => Promise.resolve(alike);
  const needsContact = ofUser.some(([, template]) => /\{(?:name|email)\}/.test(template));
  const known = new Map<Field, Promise<Readonly<Record<string, string>>>>();
  const headersOf = async (userId: string | number): Promise<Readonly<Record<string, string>>> => {
    const contact = needsContact ? await contactOf?.(userId) : undefined;
    const values = { ...contact, userId: String(userId) };
    return { ...alike, ...Object.fromEntries(ofUser.flatMap(([name, template]) => filled(name, template, values))) };
  };
  return (userId) => {
    if (typeof userId !== 'number' && typeof userId !== 'string') return Promise.resolve(alike);
    const found = known.get(userId) ?? headersOf(userId);
    known.set(userId, found);
    // A look-up that failed is tried again by the next request.
    found.catch(() => known.delete(userId));
    return found;
  };
}

const filled = (
  header: string,
  template: string,
  values: Readonly<Partial<Record<string, string>>>,
): [name: string, value: string][] => {
  const placeholder = /\{(\w+)\}/g;
  if ([...template.matchAll(placeholder)].some(([, name = '']) => values[name] === undefined)) return [];
  const value = template.replace(placeholder, (_, name: string) => {
    const given = values[name] ?? '';
    // A name in letters that no header can carry.
    return fitsInHeader(given) ? given : encodeURIComponent(given);
  });
  return [[header, value]];
};

const fromEnvironment = (
  variable: string,
  header: string,
  { name }: FixedHeadersOptions['profile'],
  { headerValues }: FixedHeadersOptions['settings'],
): string => {
  const value = headerValues[variable];
  if (value !== undefined) return value;
  throw new UserError(
    `The target profile ${name} needs ${variable} for the header ${header}, but it is not set. Set it in the environment or in .env.`,
  );
};
