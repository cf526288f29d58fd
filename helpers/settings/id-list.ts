const maxIds = 100_000;
const range = /^(\d{1,15})-(\d{1,15})$/;

/** Ids from a setting: its text for messages, and every id once, as text. */
export interface IdList {
  /** @example '1-100' */
  readonly text: string;
  readonly ids: readonly string[];
}

/**
 * Reads a range `1-100`, a list `3,5,9-12`, or ids of any form (UUIDs, `user-1`) with commas between.
 *
 * @returns undefined for an empty id, an id with a space in it, a range that runs backwards, or over 100,000 ids.
 */
export function parseIdList(text: string): IdList | undefined {
  const ids = new Set<string>();
  for (const part of text.split(',').map((piece) => piece.trim())) {
    if (!part || part.length > 200 || /\s/.test(part)) return undefined;
    const [, first, last] = range.exec(part) ?? [];
    if (first === undefined || last === undefined) {
      ids.add(part);
      continue;
    }
    const size = Number(last) - Number(first) + 1;
    if (size < 1 || size > maxIds) return undefined;
    for (let nth = 0; nth < size; nth += 1) ids.add(String(Number(first) + nth));
  }
  return ids.size <= maxIds ? { text: text.trim(), ids: [...ids] } : undefined;
}
