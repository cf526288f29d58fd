/*
 * A process of its own, in which shops of the matrix run on one database server: so their work is none of a Playwright
 * worker's, nor are their unhandled errors. Ends with the process that started it.
 */

import { createServer, type IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { chooseDatabase, type ChosenDatabase } from '../../../fixtures/shops/database/choose-database.ts';
import { loadSettings } from '../../settings/settings.ts';
import { HostedDatabases } from './hosted-databases.ts';
import { HostedShops } from './hosted-shops.ts';
import { trialSchema } from '../matrix-plan.ts';

const maxEndMs = 8000;

const settings = loadSettings();
const stopping = new AbortController();
let choosing: Promise<ChosenDatabase> | undefined;
let databases: HostedDatabases | undefined;
let shops: HostedShops | undefined;

const end = async (): Promise<void> => {
  if (stopping.signal.aborted) return;
  stopping.abort();
  const ending = async (): Promise<void> => {
    await shops?.clear();
    const database = await choosing?.catch(() => undefined);
    // A private server is thrown away as a whole.
    if (settings.database) await databases?.close();
    await database?.stop();
  };
  await Promise.race([ending().catch(() => undefined), delay(maxEndMs)]);
  process.exit();
};

const bodyOf = async (request: IncomingMessage): Promise<unknown> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
};

const leaveSchema = z.object({ name: z.string(), hasFailed: z.boolean() });

const answer = async (request: IncomingMessage): Promise<unknown> => {
  if (!shops) throw new Error('There are no shops yet.');
  const body = await bodyOf(request);
  if (request.url === '/enter') return (await shops.enter(trialSchema.parse(body))) ?? null;
  if (request.url === '/leave') {
    const { name, hasFailed } = leaveSchema.parse(body);
    shops.leave(name, hasFailed);
  } else {
    await shops.clear();
  }
  return null;
};

const listen = (): Promise<string> =>
  new Promise((resolve, reject) => {
    const server = createServer((request, response) => {
      answer(request).then(
        (content) => response.end(JSON.stringify(content)),
        (error: unknown) => {
          response.statusCode = 500;
          response.end(error instanceof Error ? error.message : String(error));
        },
      );
    });
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`);
    });
  });

// The faulty shops of this process report their inner errors there, which are theirs and not the matrix's.
console.error = () => undefined;
// What a faulty shop leaves under way may fail when its database is gone.
process.on('unhandledRejection', () => undefined);
process.on('uncaughtException', () => undefined);
process.on('disconnect', () => void end());
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());

try {
  choosing = chooseDatabase(settings, {
    log: (line) => process.send?.({ log: line }),
    signal: stopping.signal,
  });
  const { host, port, user, password, name, server } = await choosing;
  const database = { host, port, user, password, name };
  // By the process as well: another matrix may run on the same server.
  databases = new HostedDatabases(database, `matrix_${process.pid}_${process.argv[2] ?? ''}`);
  shops = new HostedShops(databases);
  process.send?.({ url: await listen(), database, server });
} catch (error) {
  process.send?.({ error: error instanceof Error ? error.message : String(error) });
  process.disconnect();
}
