import type { Template, Variable } from './lines/shell-words.ts';

/** A place in a text that a variable takes. */
export interface Range {
  readonly start: number;
  readonly end: number;
  readonly variable: Variable;
}

/** Returns a text with variables in the place of some ranges; of two that overlap, the first one counts. */
export function replaceRanges(text: string, ranges: readonly Range[]): Template {
  const parts: (string | Variable)[] = [];
  let at = 0;
  for (const { start, end, variable } of ranges.toSorted((one, other) => one.start - other.start)) {
    if (start < at) continue;
    parts.push(text.slice(at, start), variable);
    at = end;
  }
  return [...parts, text.slice(at)];
}
