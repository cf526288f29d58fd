import { reference } from '../profile/targets/reference.ts';
import type { Operation } from './document/operation.ts';
import { keyLengthOf } from './match/draft-endpoint.ts';
import { assumed, fromDocument } from './match/grounds.ts';
import type { MatchedTables } from './tables/match-tables.ts';

/** Returns the maximum length of a key: that of the document, else of the column, else the usual one. */
export function maxKeyLengthOf(
  operations: readonly Operation[],
  tables: MatchedTables | undefined,
): { maxLength: number; ground: string } {
  const stated = operations.flatMap((operation) => keyLengthOf(operation) ?? []);
  if (stated.length > 0) return { maxLength: Math.min(...stated), ground: fromDocument };
  if (tables?.keyLength !== undefined) return { maxLength: tables.keyLength, ground: 'from the column of the keys' };
  return { maxLength: reference.policies.key.maxLength, ground: assumed() };
}
