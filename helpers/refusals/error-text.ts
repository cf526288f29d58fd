import { isRecord } from '../text/json.ts';

// A sentence is much shorter; a longer text would only cost the patterns time.
const maxMessageLength = 2000;
const maxDepth = 4;

const texts = (value: unknown, depth = 0): string[] => {
  if (typeof value === 'string') return /\S/.test(value) ? [value] : [];
  if (typeof value !== 'object' || value === null || depth === maxDepth) return [];
  return Object.values(value).flatMap((inner) => texts(inner, depth + 1));
};

/**
 * Returns what a field of an error says, whatever its form: a text, a number, or a list of texts or of objects with
 * texts (`["…", "…"]`, `[{ "msg": "…" }]`), joined; undefined for any other value.
 */
export function errorText(value: unknown): string | undefined {
  if (typeof value === 'string') return value.slice(0, maxMessageLength);
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return undefined;
  const said = texts(value.slice(0, 100));
  return said.length > 0 ? said.join('; ').slice(0, maxMessageLength) : undefined;
}

const maxSentenceLength = 300;

/** Returns a body that has no fields, but a short text for people, or a list of them; undefined for any other. */
export function plainText(json: unknown, body: string): string | undefined {
  if (isRecord(json)) return undefined;
  const sentence = (json === undefined ? body : typeof json === 'number' ? '' : (errorText(json) ?? '')).trim();
  return sentence && sentence.length <= maxSentenceLength && !/^[[{]|<[/!a-z]/i.test(sentence) ? sentence : undefined;
}
