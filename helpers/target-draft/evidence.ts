import type { Authentication } from '../profile/authentication.ts';
import type { DocumentedField, Operation } from './document/operation.ts';
import type { Role } from './match/rank-operations.ts';
import type { SchemaTable } from './tables/read-schema.ts';
import type { MatchedTables } from './tables/match-tables.ts';

/** All that is known of a target before it is tried. */
export interface Evidence {
  /** The name of the profile to come. */
  readonly name: string;
  /** Operations that can be each call, the likeliest first. */
  readonly operations: Readonly<Record<Role, readonly Operation[]>>;
  /** True where calls come from a document or a recording: what it lacks is then not offered. */
  readonly isDocumented: boolean;
  /** Where the calls come from. @example 'from the document' */
  readonly source: string;
  readonly authentication?: Authentication;
  /** Fields of all refusals that the document describes. */
  readonly errors: readonly DocumentedField[];
  /** Absent without a database. */
  readonly schema?: readonly SchemaTable[];
  readonly tables?: MatchedTables;
}

/** Which of several candidates a draft is made of, by their places; 0 where nothing is said. */
export interface Choice {
  readonly operations: Readonly<Partial<Record<Role, number>>>;
  readonly tables: Readonly<Partial<Record<TableName, number>>>;
  /**
   * Calls whose body has all fields with known values, not only those that are demanded: `tried` now, or `in-vain`
   * before, so that the body has those that are demanded again.
   */
  readonly fullBodies: Readonly<Partial<Record<Role, 'tried' | 'in-vain'>>>;
  /** A line names its product as plain `id`, which examples written by hand often call otherwise. */
  readonly plainLineIds?: 'tried' | 'in-vain';
}

/** A table of a profile that can have candidates. */
export type TableName = Exclude<keyof MatchedTables['candidates'], 'keys'>;

/** The likeliest of all candidates. */
export const firstChoice: Choice = { operations: {}, tables: {}, fullBodies: {} };
