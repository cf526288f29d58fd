import { isRecord } from '../../text/json.ts';
import type { Correction } from './misfit.ts';

/** Returns a copy of a tree with one property changed or left out. */
export function applyCorrection<Tree extends object>(tree: Tree, { property, value }: Correction): Tree {
  const [name, ...rest] = property;
  if (name === undefined) return tree;
  const copy = { ...tree };
  if (rest.length === 0 && value === undefined) {
    Reflect.deleteProperty(copy, name);
  } else {
    const inner: unknown = Reflect.get(copy, name);
    Reflect.set(
      copy,
      name,
      rest.length === 0 ? value : applyCorrection(isRecord(inner) ? inner : {}, { property: rest, value }),
    );
  }
  return copy;
}
