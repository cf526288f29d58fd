import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { z } from 'zod';
import type { DatabaseSettings } from '../../settings/settings.ts';
import { UserError } from '../../text/user-error.ts';
import { roomyNode } from '../roomy-node.ts';
import { hostedShopSchema } from './shop-host-client.ts';

const messageSchema = z.union([
  z.object({ log: z.string() }),
  z.object({ error: z.string() }),
  hostedShopSchema.extend({ server: z.string() }),
]);

/** Shops that a database server has connections for at once. */
const maxShopsOfServer = 30;

/** A process in which shops run, and its database server. */
interface ShopHost {
  readonly url: string;
  readonly database: DatabaseSettings;
  /** For people. */
  readonly server: string;
  readonly process: ChildProcess;
}

/** The processes in which the shops of the matrix run, each with a private database server unless one is given. */
export class ShopHosts {
  readonly #hosts: readonly ShopHost[];

  private constructor(hosts: readonly ShopHost[]) {
    this.#hosts = hosts;
  }

  /**
   * Starts so many.
   *
   * @throws UserError that says why a database cannot be used.
   */
  static async start(
    count: number,
    { log, signal }: { log: (line: string) => void; signal: AbortSignal },
  ): Promise<ShopHosts> {
    const starting = Array.from({ length: count }, (_, nth) => startHost(nth, log, signal));
    const settled = await Promise.allSettled(starting);
    const hosts = new ShopHosts(settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    const failed = settled.find((one) => one.status === 'rejected');
    if (!failed) return hosts;
    await hosts.stop();
    throw failed.reason;
  }

  /** Returns the database server of the first one. */
  get database(): DatabaseSettings {
    return this.#nth(0).database;
  }

  get server(): string {
    return this.#nth(0).server;
  }

  /** Returns how many shops may stay for a whole run. */
  get maxShops(): number {
    const servers = new Set(this.#hosts.map(({ database: { host, port } }) => `${host}:${port}`));
    return maxShopsOfServer * servers.size;
  }

  /** Returns the address of one of them; neighbours are on different ones. */
  urlOf(nth: number): string {
    return this.#nth(nth).url;
  }

  /** Closes all shops. */
  async clear(): Promise<void> {
    await Promise.all(this.#hosts.map(({ url }) => fetch(`${url}/clear`, { method: 'POST', body: '{}' })));
  }

  /** Ends them and all that they have started. */
  async stop(): Promise<void> {
    await Promise.all(
      this.#hosts.map(async ({ process }) => {
        if (process.exitCode !== null || process.signalCode !== null) return;
        const ended = once(process, 'exit');
        if (process.connected) process.disconnect();
        await ended;
      }),
    );
  }

  #nth(nth: number): ShopHost {
    const host = this.#hosts[nth % this.#hosts.length];
    if (!host) throw new Error('No process with shops has been started.');
    return host;
  }
}

async function startHost(nth: number, log: (line: string) => void, signal: AbortSignal): Promise<ShopHost> {
  const child = fork(path.join(import.meta.dirname, 'shop-host.ts'), [String(nth)], {
    execArgv: [...roomyNode, '--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    // Ctrl-C ends those who use the shops first.
    detached: true,
  });
  const stop = (): void => {
    if (child.connected) child.disconnect();
  };
  signal.addEventListener('abort', stop);
  try {
    return await new Promise((resolve, reject) => {
      child.once('exit', () => {
        reject(new UserError('A process for shops ended before it had a database.'));
      });
      child.on('message', (data) => {
        const message = messageSchema.parse(data);
        if ('log' in message) log(message.log);
        else if ('error' in message) reject(new UserError(message.error));
        else resolve({ ...message, process: child });
      });
    });
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
