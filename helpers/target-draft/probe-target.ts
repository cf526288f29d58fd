import { poolTransport } from '../api/transports/pool-transport.ts';
import type { Settings } from '../settings/settings.ts';
import type { Operation } from './document/operation.ts';
import { probeHealth, probeUsualPaths, type Probe } from './document/probe-usual-paths.ts';
import { sampleIds } from './tables/sample-ids.ts';
import { matchTables } from './tables/match-tables.ts';
import { readSchema } from './tables/read-schema.ts';

type ProbedSettings = Settings & { readonly baseUrl: string };

/** Returns the calls that an API answers at the usual paths, asked by GET alone, with ids of rows that exist. */
export async function probeTarget(settings: ProbedSettings, signal: AbortSignal): Promise<Operation[]> {
  const { database } = settings;
  const ids = database ? await sampleIds(database, matchTables(await readSchema(database)).candidates) : {};
  return asking(settings, (get) => probeUsualPaths({ get, ids, signal }));
}

/** Returns the health call that an API answers at one of the usual paths, asked by GET alone. */
export const probeTargetHealth = (settings: ProbedSettings, signal: AbortSignal): Promise<Operation | undefined> =>
  asking(settings, (get) => probeHealth({ get, signal }));

async function asking<Result>(
  { baseUrl, secrets, requestTimeoutMs, apiCa }: ProbedSettings,
  ask: (get: Probe['get']) => Promise<Result>,
): Promise<Result> {
  const { API_TOKEN, API_KEY } = secrets;
  const headers: Record<string, string> = { accept: 'application/json' };
  if (API_TOKEN !== undefined) headers.authorization = `Bearer ${API_TOKEN}`;
  if (API_KEY !== undefined) headers['x-api-key'] = API_KEY;
  const transport = poolTransport(baseUrl, requestTimeoutMs, 1, apiCa?.pem);
  try {
    return await ask((path) => transport.send({ method: 'GET', path, headers }).catch(() => undefined));
  } finally {
    await transport.close();
  }
}
