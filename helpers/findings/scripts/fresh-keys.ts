import type { ScriptedExchange } from './evidence-of.ts';
import type { Range } from './replace-ranges.ts';
import type { Variable } from './lines/shell-words.ts';

/** What makes a key unlike those of other runs: a UUID in it, or at least eight digits. */
const distinct = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\d{8,}/gi;

/**
 * The idempotency keys of the evidence. Of each, what is its own is replaced, the same everywhere by the same, so that
 * keys that are alike or odd stay as alike and as odd as they were.
 */
export class FreshKeys {
  readonly #variables = new Map<string, Variable>();

  constructor(exchanges: readonly ScriptedExchange[]) {
    for (const { key, body = '' } of exchanges) {
      for (const [own] of (key ?? '').matchAll(distinct)) {
        // Where the key is shown only in part, it is not in the body.
        if (!this.#variables.has(own) && (body.includes(own) || body === '')) this.#add(own);
      }
    }
    for (const { headers = {} } of exchanges) {
      for (const text of Object.values(headers)) for (const [own] of text.matchAll(distinct)) this.#add(own);
    }
  }

  /** Returns where keys stand in a text. */
  ranges(text: string): Range[] {
    return [...this.#variables].flatMap(([own, variable]) =>
      [...text.matchAll(new RegExp(`(?<![0-9a-f])${own}(?![0-9a-f])`, 'gi'))].map(({ index }) => ({
        ...{ start: index, end: index + own.length, variable },
      })),
    );
  }

  /** The lines that make new ones. */
  lines(): string[] {
    return [...this.#variables].map(([own, { variable }]) =>
      own.includes('-') ? `${variable}=$(new_key)` : `${variable}=$(new_digits ${own.length})`,
    );
  }

  #add(own: string): void {
    if (this.#variables.has(own)) return;
    this.#variables.set(own, { variable: `KEY_${this.#variables.size + 1}` });
  }
}
