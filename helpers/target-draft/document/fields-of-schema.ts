import { isRecord, type Json } from '../../text/json.ts';
import { fieldsOfJson } from './fields-of-json.ts';
import type { DocumentedField, FieldType } from './operation.ts';

const maxDepth = 7;
const maxFields = 300;
const maxReferences = 20;

const types: readonly string[] = ['string', 'number', 'integer', 'boolean', 'array', 'object'];
const isFieldType = (type: unknown): type is FieldType => typeof type === 'string' && types.includes(type);

/** Returns the value at a JSON pointer within a document (RFC 6901); undefined where there is none. */
function atPointer(document: unknown, pointer: string): unknown {
  if (!pointer.startsWith('#')) return undefined;
  return pointer
    .slice(1)
    .split('/')
    .filter((part) => part !== '')
    .reduce<unknown>((value, part) => {
      let name = part;
      try {
        name = decodeURIComponent(part);
      } catch {
        // A stray % stands for itself.
      }
      name = name.replaceAll('~1', '/').replaceAll('~0', '~');
      if (Array.isArray(value)) return value[Number(name)];
      return isRecord(value) ? value[name] : undefined;
    }, document);
}

/** Returns what references lead to, at most twenty of them one after another: a document may refer in circles. */
export function followed(document: unknown, value: unknown): Record<string, unknown> {
  let current = value;
  for (let count = 0; count < maxReferences; count += 1) {
    if (!isRecord(current)) return {};
    if (typeof current.$ref !== 'string') return current;
    current = atPointer(document, current.$ref);
  }
  return {};
}

const mergedSchemas = new WeakMap<object, Record<string, unknown>>();

/** Returns a schema with its alternatives and parts as one: the first of `oneOf`, all of `allOf`. */
function merged(document: unknown, value: unknown): Record<string, unknown> {
  const schema = followed(document, value);
  // Many operations answer the same few schemas.
  const known = mergedSchemas.get(schema) ?? mergedFrom(document, schema, 0);
  mergedSchemas.set(schema, known);
  return known;
}

function mergedFrom(document: unknown, value: unknown, depth: number): Record<string, unknown> {
  const schema = followed(document, value);
  if (depth > maxDepth) return schema;
  const alternative = [schema.oneOf, schema.anyOf]
    .flatMap((list): unknown[] => (Array.isArray(list) ? list : []))
    .find((one) => followed(document, one).type !== 'null');
  const listed: unknown[] = Array.isArray(schema.allOf) ? schema.allOf : [];
  const parts = [...listed, ...(alternative === undefined ? [] : [alternative])].map((part) =>
    mergedFrom(document, part, depth + 1),
  );
  if (parts.length === 0) return schema;
  const all = [...parts, schema];
  const properties: Record<string, unknown> = {};
  const whole: Record<string, unknown> = {};
  for (const part of all) {
    Object.assign(whole, part);
    if (isRecord(part.properties)) Object.assign(properties, part.properties);
  }
  const required = all.flatMap(({ required: one }): unknown[] => (Array.isArray(one) ? one : []));
  return { ...whole, ...(Object.keys(properties).length > 0 && { properties, required }) };
}

const typeOf = ({ type, properties, items }: Record<string, unknown>): FieldType => {
  const said: unknown = Array.isArray(type) ? type.find((one) => one !== 'null') : type;
  if (isFieldType(said)) return said;
  if (isRecord(properties)) return 'object';
  return items === undefined ? 'unknown' : 'array';
};

/** Returns a plain value; what is made of parts is of no use as a constant of a request. */
const jsonOf = (value: unknown): Json | undefined =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : undefined;

/** Returns what a schema says of one field. */
export function fieldOf(document: unknown, value: unknown): Omit<DocumentedField, 'path' | 'list' | 'isRequired'> {
  const schema = merged(document, value);
  const examples: unknown[] = Array.isArray(schema.examples) ? schema.examples : [];
  const example = [schema.example, ...examples, schema.default].map(jsonOf).find((one) => one !== undefined);
  const values: unknown[] = Array.isArray(schema.enum) ? schema.enum : schema.const === undefined ? [] : [schema.const];
  const texts = [schema.title, schema.description].filter((text) => typeof text === 'string');
  return {
    type: typeOf(schema),
    ...(typeof schema.format === 'string' && { format: schema.format }),
    description: texts.join(' ').slice(0, 500),
    values: values.map(jsonOf).filter((one) => one !== undefined),
    ...(example !== undefined && { example }),
    ...(typeof schema.maxLength === 'number' && { maxLength: schema.maxLength }),
  };
}

/** Returns the fields of a list's example: a decorator that does not know what is listed describes it as texts. */
const fieldsOfExample = (example: unknown, list: string): DocumentedField[] =>
  fieldsOfJson(Array.isArray(example) ? example : [])
    .fields.filter((field) => field.list === undefined)
    .map((field) => ({ ...field, list }));

/** Returns the fields of a JSON schema that refers to others of its document, and whether it is a list as a whole. */
export function fieldsOfSchema(document: unknown, root: unknown): { fields: DocumentedField[]; isList: boolean } {
  const fields: DocumentedField[] = [];
  const visit = (value: unknown, names: readonly string[], list: string | undefined, depth: number): void => {
    const { properties, required } = merged(document, value);
    if (!isRecord(properties) || depth > maxDepth) return;
    const demanded: unknown[] = Array.isArray(required) ? required : [];
    for (const [name, inner] of Object.entries(properties)) {
      if (fields.length >= maxFields) return;
      const field = fieldOf(document, inner);
      const path = [...names, name];
      fields.push({
        ...field,
        path: path.join('.'),
        ...(list !== undefined && { list }),
        isRequired: demanded.includes(name),
      });
      if (field.type === 'object') visit(inner, path, list, depth + 1);
      // A list within a list is none of the lines of an order.
      if (field.type === 'array' && list === undefined) {
        const ofList = path.join('.');
        const { items, example } = merged(document, inner);
        visit(items, [], ofList, depth + 1);
        if (!fields.some((one) => one.list === ofList)) fields.push(...fieldsOfExample(example, ofList));
      }
    }
  };
  const isList = typeOf(merged(document, root)) === 'array';
  visit(isList ? merged(document, root).items : root, [], undefined, 0);
  return { fields, isList };
}
