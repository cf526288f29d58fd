import { isRecord } from '../../text/json.ts';
import { leavesOf } from '../judge/json-leaves.ts';

/** A list with what was asked for. */
interface ListWithItem {
  /** Its place; `''` where the answer itself is the list. */
  readonly inList: string;
  readonly item: unknown;
  /** The suite's name of the id by which it was found, and its path in the item. */
  readonly field: 'orderId' | 'productId';
  readonly path: string;
}

const isIdName = (path: string): boolean => /(?:^|[._])(?:id|no|uuid)$|(?:Id|No|Uuid|아이디|번호| ID)$/.test(path);

/** Returns the list of an answer in which an item has the id that was asked for; undefined where there is none. */
export function suggestList(
  json: unknown,
  asked: Readonly<Partial<Record<string, unknown>>>,
): ListWithItem | undefined {
  const field = (['orderId', 'productId'] as const).find((name) => asked[name] !== undefined);
  if (field === undefined) return undefined;
  const lists = Array.isArray(json) ? [{ path: '', value: json }] : leavesOf(json);
  for (const { path: inList, value } of lists) {
    if (!Array.isArray(value)) continue;
    for (const item of value.filter(isRecord)) {
      const id = leavesOf(item).find((leaf) => isIdName(leaf.path) && String(leaf.value) === String(asked[field]));
      if (id) return { inList, item, field, path: id.path };
    }
  }
  return undefined;
}
