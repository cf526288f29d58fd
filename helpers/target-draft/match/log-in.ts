import type { Authentication } from '../../profile/authentication.ts';
import type { Json } from '../../text/json.ts';
import type { Operation } from '../document/operation.ts';
import { speaksOf } from '../words/concepts.ts';
import { wordsOf } from '../words/words-of.ts';
import { plausibleValue } from './constants.ts';

const saysWho = (name: string): string | undefined => {
  const words = wordsOf(name).join(' ');
  if (words.includes('mail')) return '{email}';
  if (/name|login/.test(words)) return '{name}';
  return /\b(?:user|member|customer)\b.*\bid\b|^id$/.test(words) ? '{userId}' : undefined;
};

/** Returns how well a call's path says that it logs in; 0 where it does something else, such as to sign up. */
function logInScore({ method, path }: Operation): number {
  const last = path.split('/').at(-1) ?? '';
  if (method !== 'POST' || path.includes('{') || speaksOf('signUp', path)) return 0;
  return speaksOf('logIn', last) ? 2 : speaksOf('logIn', path) ? 1 : 0;
}

/** Returns how users log in, where a document has a call for it: a POST with a password that answers a token. */
export function logInOf(operations: readonly Operation[]): Authentication | undefined {
  const likely = operations
    .filter((operation) => logInScore(operation) > 0)
    .toSorted((one, other) => logInScore(other) - logInScore(one));
  for (const { path, body, answer } of likely) {
    const token = answer.find(
      ({ path: name, type }) => /(?:^|\.|_|access)_?(?:token|jwt)$/i.test(name) && type === 'string',
    )?.path;
    const fields = body.filter(({ list, path: name }) => list === undefined && !name.includes('.'));
    // An answer that is not described has the token where OAuth 2 puts it.
    const tokenPath = token ?? (answer.length === 0 ? 'access_token' : undefined);
    if (tokenPath === undefined || !fields.some(({ path: name }) => /pass/i.test(name))) continue;
    const sent = fields.flatMap((field): [string, Json][] => {
      const value = /pass/i.test(field.path)
        ? '{password}'
        : (saysWho(field.path) ?? (field.isRequired ? plausibleValue(field) : undefined));
      return value === undefined ? [] : [[field.path, value]];
    });
    return { by: 'log-in', path, body: Object.fromEntries(sent), token: tokenPath };
  }
  return undefined;
}

/**
 * Returns the log-in by user name and password of OAuth 2, as a form whose answer has an `access_token`. The user name is
 * the e-mail address where users have one.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-4.3
 */
export const passwordGrant = (path: string, users: { readonly email?: string } | undefined): Authentication => ({
  by: 'log-in',
  path,
  encoding: 'form',
  body: { grant_type: 'password', username: users?.email === undefined ? '{name}' : '{email}', password: '{password}' },
  token: 'access_token',
});
