import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment, projectFolder, type DatabaseSettings } from '../../settings.ts';
import { UserError } from '../../user-error.ts';

/** The bundled shop as a process of its own, whose time is not the driver's. */
export interface ShopProcess {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Starts the bundled shop on a database. It ends with this process at the latest.
 *
 * @throws UserError with what it printed when it does not start.
 */
export async function startShopProcess(database: DatabaseSettings, allowWritesTo?: string): Promise<ShopProcess> {
  const shop = path.join(projectFolder, 'helpers', 'cli', 'shop.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', shop, `--owner-pid=${process.pid}`], {
    cwd: projectFolder,
    env: childEnvironment({
      DB_HOST: database.host,
      DB_PORT: String(database.port),
      DB_USER: database.user,
      DB_PASSWORD: database.password,
      DB_NAME: database.name,
      ...(allowWritesTo !== undefined && { ALLOW_WRITES_TO: allowWritesTo }),
    }),
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C ends the drivers first; the shop is then stopped in its turn.
    detached: true,
  });
  let errors = '';
  child.stderr.on('data', (data: Buffer) => {
    errors = (errors + data.toString()).slice(-2000);
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => {
      resolve();
    });
  });
  const url = await new Promise<string | undefined>((resolve) => {
    void ended.then(() => {
      resolve(undefined);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = /^bundled-shop url=(\S+)/.exec(line);
      if (found) resolve(found[1]);
    });
  });
  if (url === undefined) throw new UserError(`The bundled shop did not start:\n${errors}`);
  return {
    url,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
}
