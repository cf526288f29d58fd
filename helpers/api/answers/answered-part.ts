import { valueAt } from '../../text/json.ts';

/** The ids by which items of lists are found: of orders, of products. */
const idNames = ['orderId', 'productId'] as const;

interface ListedAnswer {
  readonly inList?: string | undefined;
  readonly answer: Readonly<Partial<Record<string, string>>>;
}

/**
 * Returns the part of an answer that the paths of an endpoint begin at: all of it, or the item of its list whose id is the
 * one that was asked for; undefined where the list has none.
 */
export function answeredPart(
  { inList, answer }: ListedAnswer,
  json: unknown,
  asked: Readonly<Record<string, unknown>> = {},
): unknown {
  if (inList === undefined) return json;
  const list = inList === '' ? json : valueAt(json, inList);
  const name = idNames.find((one) => answer[one] !== undefined);
  const path = name && answer[name];
  if (!Array.isArray(list) || path === undefined) return undefined;
  return list.find((item) => String(valueAt(item, path)) === String(asked[name ?? '']));
}
