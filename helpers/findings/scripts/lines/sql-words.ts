import type { IdForm } from '../../../profile/target-profile.ts';
import type { Template, Variable } from './shell-words.ts';

/** Returns the name of a table or column for a statement. */
export const sqlName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;

/** Returns a value for a statement. */
export const sqlValue = (value: number | string): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;

/** Returns an id that a variable holds for a statement. */
export const sqlId = (form: IdForm, variable: Variable): Template =>
  form === 'number' ? [variable] : ["'", variable, "'"];
