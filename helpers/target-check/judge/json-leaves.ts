import { isRecord } from '../../text/json.ts';

/** A value in a JSON text and the dotted path to it. */
export interface Leaf {
  readonly path: string;
  readonly value: unknown;
}

const maxDepth = 6;
const maxLeaves = 500;

/**
 * The values that a path can name: everything that is no object, lists included as a whole. A huge answer is not
 * looked through to its end.
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
      // A dot in a name cannot be told from one between two.
      if (!name.includes('.')) visit(inner, [...names, name]);
    }
  };
  visit(json, []);
  return leaves;
}
