import { isOffered } from '../profile/endpoint-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import type { Evidence } from './evidence.ts';
import type { SchemaColumn } from './tables/read-schema.ts';

/** The words that an order's status may have, as far as anything lists them. */
interface StateWords {
  readonly words: readonly string[];
  readonly ground: string;
  /** The column of the status; undefined where there is no such table. */
  readonly column: SchemaColumn | undefined;
}

/**
 * Returns the words that an order's status may have: the values that its column takes; where that is any text, the values
 * that the document gives for it.
 */
export function stateWords(
  { operations, schema = [], source }: Pick<Evidence, 'operations' | 'schema' | 'source'>,
  { tables: { orders }, endpoints }: TargetProfile,
): StateWords {
  const column = schema.find(({ name }) => name === orders.table)?.columns.find(({ name }) => name === orders.status);
  const documented = (['getOrder', 'createOrder'] as const).flatMap((role) => {
    const endpoint = endpoints[role];
    const path = isOffered(endpoint) ? endpoint.answer.status : undefined;
    const fields = operations[role].flatMap(({ answer }) => answer);
    return path === undefined ? [] : fields.filter((field) => field.path === path).flatMap(({ values }) => values);
  });
  const ofColumn = column?.values ?? [];
  const isOfColumn = ofColumn.length > 0;
  const words = [...new Set(isOfColumn ? ofColumn : documented.map(String))];
  return { words, ground: isOfColumn ? 'from the column' : source, column };
}
