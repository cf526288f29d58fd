import type { DocumentedField, FieldType } from '../document/operation.ts';
import type { SuiteField } from '../match/field-names.ts';
import { matchFields } from '../match/match-fields.ts';
import { speaksOf } from '../words/concepts.ts';
import { wordsOf } from '../words/words-of.ts';
import type { SchemaColumn, SchemaTable } from './read-schema.ts';

const typeOf = ({ type }: SchemaColumn): FieldType => {
  if (/int$|^bit|^bool/.test(type)) return 'integer';
  return /^(?:decimal|numeric|float|double)/.test(type) ? 'number' : 'string';
};

const fieldOf = (column: SchemaColumn): DocumentedField => {
  const { name, type, values } = column;
  return {
    path: name,
    type: typeOf(column),
    ...(/^(?:date|time)/.test(type) && { format: 'date-time' }),
    isRequired: false,
    description: '',
    values,
  };
};

/** A table that is looked at, and what its columns can be. */
export class TableLook {
  readonly table: SchemaTable;
  readonly #columns: readonly SchemaColumn[];

  constructor(table: SchemaTable) {
    this.table = table;
    this.#columns = table.columns.filter(({ isComputed }) => !isComputed);
  }

  get name(): string {
    return this.table.name;
  }

  /** The only column of the primary key. */
  get id(): string | undefined {
    const primary = this.#columns.filter(({ isPrimary }) => isPrimary);
    return primary.length === 1 ? primary[0]?.name : undefined;
  }

  /** Returns the columns that hold these fields best. */
  columns(wanted: readonly SuiteField[], ofThing?: SuiteField): Partial<Record<SuiteField, string>> {
    const fields = this.#columns.map(fieldOf);
    const found = matchFields(fields, { wanted, ...(ofThing && { ofThing }) });
    return Object.fromEntries(Object.entries(found).map(([name, { path }]) => [name, path]));
  }

  /** Returns the column that refers to one of some tables, by a foreign key. */
  referenceTo(tables: readonly string[]): string | undefined {
    return [...this.table.references].find(([, to]) => tables.includes(to))?.[0];
  }

  speaksOf(concept: Parameters<typeof speaksOf>[0]): boolean {
    return speaksOf(concept, this.name);
  }

  /** True where the table is a copy, a log, or for something that stands aside. */
  get isAside(): boolean {
    const words = wordsOf(this.name);
    return (
      this.speaksOf('aside') ||
      words.some((word) => ['transaction', 'history', 'ledger', 'seq', 'sequence'].includes(word))
    );
  }

  isKeptApart(column: string): boolean {
    return this.table.uniques.some((columns) => columns.length === 1 && columns[0] === column);
  }
}
