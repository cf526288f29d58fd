import { operationsOfOpenApi } from '../../../../helpers/target-draft/document/operations-of-openapi.ts';
import type { Evidence } from '../../../../helpers/target-draft/evidence.ts';
import { fromDocument } from '../../../../helpers/target-draft/match/grounds.ts';
import { rankOperations } from '../../../../helpers/target-draft/match/rank-operations.ts';

/** Returns what an OpenAPI document with these paths tells, without a database. */
export const evidenceOfPaths = (paths: Readonly<Record<string, unknown>>): Evidence => ({
  ...{ name: 'a-shop', source: fromDocument, isDocumented: true, errors: [] },
  operations: rankOperations(operationsOfOpenApi({ openapi: '3.0.3', paths }, '/')),
});
