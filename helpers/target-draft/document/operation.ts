import type { Json } from '../../text/json.ts';

/** Type of a field, as far as a document or a recording says it. */
export type FieldType = 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'unknown';

/** A field of a request or an answer. */
export interface DocumentedField {
  /** Dotted, without the lists that it lies in. @example 'data.customer_id' @example 'qty' of a line */
  readonly path: string;
  /** Path of the list that it lies in. @example 'data.lines' */
  readonly list?: string;
  readonly type: FieldType;
  /** @example 'uuid' @example 'date-time' */
  readonly format?: string;
  readonly isRequired: boolean;
  readonly description: string;
  /** Values that it may have. */
  readonly values: readonly Json[];
  /** A value that it can have. */
  readonly example?: Json;
  /** Maximum length of a text. */
  readonly maxLength?: number;
}

/** A parameter of a path, a query or a header. */
export interface Parameter extends Omit<DocumentedField, 'path' | 'list'> {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
}

/** One call of an API, from a document or a recording. */
export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Relative to BASE_URL, with `{name}` for parameters. */
  readonly path: string;
  /** Its id, summary, description and tags. */
  readonly texts: readonly string[];
  readonly parameters: readonly Parameter[];
  /** Fields of its JSON body. */
  readonly body: readonly DocumentedField[];
  /** Status of a success. */
  readonly success?: number;
  /** Fields of a success. */
  readonly answer: readonly DocumentedField[];
  /** True where a success is a list as a whole. */
  readonly answersList: boolean;
  /** Fields of its refusals. */
  readonly errors: readonly DocumentedField[];
  /** True where it is deprecated. */
  readonly isDeprecated: boolean;
  /** Where it comes from, if not from where the others do. @example 'answered a GET' */
  readonly source?: string;
}
