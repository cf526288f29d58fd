import { isRecord } from '../../text/json.ts';

/** A value in a JSON text and the dotted path to it. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

const maxDepth = 6;
const maxLeaves = 500;

/**
 * Returns the values that a path can name: all that are no objects, lists as a whole. The search in a huge answer ends
 * early.
 */
export function leavesOf(json: unknown): Leaf[] {
  const leaves: Leaf[] = [];
  const visit = (value: unknown, names: readonly string[]): void => {
    if (leaves.length >= maxLeaves || names.length > maxDepth) return;
    if (!isRecord(value)) {
      if (names.length > 0) leaves.push({ path: names.join('.'), value });
      return;
    }
    for (const [name, inner] of Object.entries(value)) {
      // A dot in a name would look like a separator.
      if (!name.includes('.')) visit(inner, [...names, name]);
    }
  };
  visit(json, []);
  return leaves;
}
