import { isRecord, type Field, type Json } from '../text/json.ts';

/** The target's name of a field, dotted where it lies deeper, or none; and its value, or none. */
type NamedField = readonly [name: string | undefined, value: Field];

/** What a field is called in a request that is called so in an answer, or else by the suite. */
export const fieldName = (path: string | undefined, otherwise: string): string => path?.split('.').at(-1) ?? otherwise;

const isTree = (value: Json | undefined): value is Record<string, Json> => isRecord(value);

const put = (into: Record<string, Json>, path: string, value: Json): void => {
  const dot = path.indexOf('.');
  if (dot < 0) {
    into[path] = value;
    return;
  }
  const name = path.slice(0, dot);
  const inner = into[name];
  const branch = isTree(inner) ? inner : {};
  into[name] = branch;
  put(branch, path.slice(dot + 1), value);
};

/** Fields under the target's names; what has no name or no value is left out. */
export function namedFields(fields: readonly NamedField[]): Record<string, Json> {
  const named: Record<string, Json> = {};
  for (const [name, value] of fields) if (name !== undefined && value !== undefined) put(named, name, value);
  return named;
}

/** The body of a request: its fields, after those that the endpoint always wants, and further ones as they are. */
export function requestBody(
  { constants }: { readonly constants?: Readonly<Record<string, Json>> },
  fields: readonly NamedField[],
  further?: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const named = namedFields(fields);
  return constants || further ? { ...constants, ...named, ...further } : named;
}
