import { isRecord } from '../../text/json.ts';
import type { DocumentedField, FieldType } from './operation.ts';

const maxDepth = 6;
const maxFields = 300;

const typeOf = (value: unknown): FieldType => {
  if (Array.isArray(value)) return 'array';
  if (isRecord(value)) return 'object';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value === 'string' || typeof value === 'boolean') return typeof value === 'string' ? 'string' : 'boolean';
  return 'unknown';
};

const firstOf = (value: unknown): unknown => (Array.isArray(value) ? value[0] : undefined);

const instant = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d/;

/** Returns the fields of a JSON value as a document would describe them, and whether it is a list as a whole. */
export function fieldsOfJson(root: unknown): { fields: DocumentedField[]; isList: boolean } {
  const fields: DocumentedField[] = [];
  const visit = (value: unknown, names: readonly string[], list: string | undefined): void => {
    if (!isRecord(value) || names.length > maxDepth) return;
    for (const [name, inner] of Object.entries(value)) {
      // A dot in a name would look like a separator.
      if (fields.length >= maxFields || name.includes('.')) continue;
      const path = [...names, name];
      const type = typeOf(inner);
      fields.push({
        path: path.join('.'),
        ...(list !== undefined && { list }),
        type,
        ...(typeof inner === 'string' && instant.test(inner) && { format: 'date-time' }),
        isRequired: true,
        description: '',
        values: [],
        ...((typeof inner === 'string' || typeof inner === 'number' || typeof inner === 'boolean') && {
          example: inner,
        }),
      });
      if (type === 'object') visit(inner, path, list);
      const first = firstOf(inner);
      if (first !== undefined && list === undefined) visit(first, [], path.join('.'));
    }
  };
  const isList = Array.isArray(root);
  visit(isList ? firstOf(root) : root, [], undefined);
  return { fields, isList };
}
