import { spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from '../text/project-folder.ts';
import { UserError } from '../text/user-error.ts';

/** The bundled shop as a process of its own. */
export interface ShopProcess {
  readonly url: string;
  /** Its database server, as `host:port`. */
  readonly database: string;
  stop(): Promise<void>;
  /** Ends it with SIGKILL, as a crash does. */
  kill(): Promise<void>;
}

/**
 * Starts the bundled shop. It ends with this process at the latest.
 *
 * @param environment its settings, with its database and its fault or variant.
 * @param port where it listens; any free port by default.
 * @throws UserError with what it printed when it does not start.
 */
export async function startShopProcess(
  environment: Readonly<Record<string, string | undefined>>,
  port = 0,
): Promise<ShopProcess> {
  const shop = path.join(projectFolder, 'helpers', 'cli', 'shop.ts');
  const args = ['--import', 'tsx', shop, `--owner-pid=${process.pid}`, `--port=${port}`];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Ctrl-C ends the users of the shop first, and they stop it.
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
  const started = await new Promise<{ url: string; database: string } | undefined>((resolve) => {
    void ended.then(() => {
      resolve(undefined);
    });
    createInterface({ input: child.stdout }).on('line', (line) => {
      const [, url, database] = /^bundled-shop url=(\S+) db=(\S+)/.exec(line) ?? [];
      if (url !== undefined && database !== undefined) resolve({ url, database });
    });
  });
  if (!started) throw new UserError(`The bundled shop did not start:\n${errors}`);
  return {
    ...started,
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
    kill() {
      child.kill('SIGKILL');
      return ended;
    },
  };
}
