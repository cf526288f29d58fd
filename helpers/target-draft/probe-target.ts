import { poolTransport } from '../api/transports/pool-transport.ts';
import type { Settings } from '../settings/settings.ts';
import type { Operation } from './document/operation.ts';
import { probeUsualPaths } from './document/probe-usual-paths.ts';
import { existingIds } from './tables/existing-ids.ts';
import { matchTables } from './tables/match-tables.ts';
import { readSchema } from './tables/read-schema.ts';

/** Returns the calls that an API answers at the usual paths, asked by GET alone, with ids of rows that exist. */
export async function probeTarget(
  { baseUrl, database, secrets, requestTimeoutMs }: Settings & { readonly baseUrl: string },
  signal: AbortSignal,
): Promise<Operation[]> {
  const ids = database ? await existingIds(database, matchTables(await readSchema(database)).candidates) : {};
  const { API_TOKEN, API_KEY } = secrets;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (API_TOKEN !== undefined) headers.authorization = `Bearer ${API_TOKEN}`;
  if (API_KEY !== undefined) headers['x-api-key'] = API_KEY;
  const transport = poolTransport(baseUrl, requestTimeoutMs, 1);
  try {
    const get = (path: string) => transport.send({ method: 'GET', path, headers }).catch(() => undefined);
    return await probeUsualPaths({ get, ids, signal });
  } finally {
    await transport.close();
  }
}
