import type { Authentication } from '../profile/authentication.ts';
import type { Tables } from '../profile/tables.ts';
import type { Settings } from '../settings/settings.ts';
import type { Operation } from './document/operation.ts';
import type { DocumentedSecurity } from './document/operations-of-openapi.ts';
import type { Evidence } from './evidence.ts';
import { logInOf, passwordGrant } from './match/log-in.ts';
import { rankOperations, roles } from './match/rank-operations.ts';
import { matchTables } from './tables/match-tables.ts';
import { readSchema } from './tables/read-schema.ts';

/** Operations, and where they come from. */
export interface FoundOperations {
  readonly operations: readonly Operation[];
  readonly source: string;
  readonly isDocumented: boolean;
  /** Ways to authenticate that the document names. */
  readonly security: readonly DocumentedSecurity[];
}

/** Returns the way to authenticate for which there is a secret: one that the document names, if there is any. */
function authenticationOf(
  { secrets }: Settings,
  { security, operations }: FoundOperations,
  users: Tables['users'] | undefined,
): Authentication | undefined {
  const { API_TOKEN, API_KEY, API_PASSWORD } = secrets;
  const named = security.find(({ by }) => by === 'api-key');
  if (API_KEY !== undefined) return { by: 'api-key', header: named?.header ?? 'X-API-Key' };
  if (API_TOKEN !== undefined) return { by: 'bearer-token' };
  if (API_PASSWORD === undefined) return undefined;
  const tokenPath = security.find((one) => one.tokenPath !== undefined)?.tokenPath;
  return logInOf(operations) ?? (tokenPath === undefined ? undefined : passwordGrant(tokenPath, users));
}

/**
 * Gathers what operations and tables say of a target.
 *
 * @throws UserError when the database cannot be reached.
 */
export async function gatherEvidence(name: string, found: FoundOperations, settings: Settings): Promise<Evidence> {
  const operations = rankOperations(found.operations);
  const schema = settings.database && (await readSchema(settings.database));
  const tables = schema && matchTables(schema);
  const authentication = authenticationOf(settings, found, tables?.candidates.users[0]);
  return {
    name,
    operations,
    isDocumented: found.isDocumented,
    source: found.source,
    ...(authentication && { authentication }),
    errors: roles.flatMap((role) => operations[role].slice(0, 1)).flatMap(({ errors }) => errors),
    ...(schema && { schema }),
    ...(tables && { tables }),
  };
}
