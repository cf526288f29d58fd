import { isRecord, type Field, type Json } from '../text/json.ts';

/** The target's name of a field (a dotted path where it is nested) and its value; either may be undefined. */
type NamedField = readonly [name: string | undefined, value: Field];

/** Returns a field's name in a request, taken from its path in an answer, or else the suite's name. */
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

/** Returns fields under the target's names, without those that have no name or no value. */
export function namedFields(fields: readonly NamedField[]): Record<string, Json> {
  const named: Record<string, Json> = {};
  for (const [name, value] of fields) if (name !== undefined && value !== undefined) put(named, name, value);
  return named;
}

/** Returns fields with others in their place, by dotted paths; the fields themselves stay as they are. */
export function withFields(
  fields: Readonly<Record<string, Json>>,
  changes: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const changed = structuredClone<Record<string, Json>>(fields);
  for (const [path, value] of Object.entries(changes)) put(changed, path, value);
  return changed;
}

/** Returns the body of a request: the endpoint's constants, its fields, and further ones as they are. */
export function requestBody(
  { constants }: { readonly constants?: Readonly<Record<string, Json>> },
  fields: readonly NamedField[],
  further?: Readonly<Record<string, Json>>,
): Record<string, Json> {
  const named = namedFields(constants ? [...Object.entries(constants), ...fields] : fields);
  return further ? { ...named, ...further } : named;
}
