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

/** Returns how users log in, where a document has a call for it: a POST with a password that answers a token. */
export function logInOf(operations: readonly Operation[]): Authentication | undefined {
  for (const { method, path, body, answer } of operations) {
    const last = path.split('/').at(-1) ?? '';
    if (method !== 'POST' || path.includes('{') || !(speaksOf('logIn', last) || speaksOf('logIn', path))) continue;
    const token = answer.find(
      ({ path: name, type }) => /(?:^|\.|_|access)_?(?:token|jwt)$/i.test(name) && type === 'string',
    );
    const fields = body.filter(({ list, path: name }) => list === undefined && !name.includes('.'));
    if (!token || !fields.some(({ path: name }) => /pass/i.test(name))) continue;
    const sent = fields.flatMap((field): [string, Json][] => {
      const value = /pass/i.test(field.path)
        ? '{password}'
        : (saysWho(field.path) ?? (field.isRequired ? plausibleValue(field) : undefined));
      return value === undefined ? [] : [[field.path, value]];
    });
    return { by: 'log-in', path, body: Object.fromEntries(sent), token: token.path };
  }
  return undefined;
}
