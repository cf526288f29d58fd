import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test as base } from '@playwright/test';
import { findFreePort } from '../../../fixtures/shops/database/server/find-free-port.ts';
import { parseSettings } from '../../../helpers/settings/settings.ts';
import { commandedTarget } from '../../../helpers/target-process/commanded-target.ts';
import type { RestartableTarget } from '../../../helpers/target-process/restartable-target.ts';
import { isRunning } from '../support/runs/child-processes.ts';

interface Commanded {
  readonly target: RestartableTarget;
  /** The process id that the server tells; undefined where none answers. */
  readonly pid: () => Promise<number | undefined>;
}

interface Commands {
  /** The start command, given the server's own. */
  readonly start?: (server: string, folder: string) => string;
  readonly kill?: string;
}

const serverText = (port: number): string => `
  require('node:http').createServer((request, response) => {
    if (request.url === '/crash') process.kill(process.pid, 'SIGKILL');
    response.end(String(process.pid));
  }).listen(${port}, '127.0.0.1');
`;

const killText = (port: number): string => `
  fetch('http://127.0.0.1:${port}/crash').catch(() => undefined);
`;

const test = base.extend<{ commanded: (commands?: Commands) => Promise<Commanded> }>({
  commanded: async ({}, use, testInfo) => {
    const begun: Commanded[] = [];
    mkdirSync(testInfo.outputPath('a b'), { recursive: true });
    await use(async ({ start = (server: string) => server, kill }: Commands = {}) => {
      const port = await findFreePort();
      const folder = testInfo.outputPath('a b');
      const file = (name: string, text: string): string => {
        const place = testInfo.outputPath('a b', name);
        writeFileSync(place, text);
        return `"${process.execPath}" "${place}"`;
      };
      const pid = async (): Promise<number | undefined> => {
        try {
          return Number(await (await fetch(`http://127.0.0.1:${port}/`)).text());
        } catch {
          return undefined;
        }
      };
      const { restart } = parseSettings({
        BASE_URL: `http://127.0.0.1:${port}`,
        TARGET_KILL_COMMAND: kill ?? file('kill.cjs', killText(port)),
        TARGET_START_COMMAND: start(file('server.cjs', serverText(port)), folder),
      });
      const target = commandedTarget({ restart }, async () => (await pid()) !== undefined);
      if (!target) throw new Error('There are commands');
      const one = { target, pid };
      begun.push(one);
      return one;
    });
    for (const { target, pid } of begun) {
      await target.close();
      const left = await pid();
      if (left !== undefined) process.kill(left, 'SIGKILL');
    }
  },
});

/** A start command that leaves the server to itself, as one of a service manager does. */
const leaving = (server: string, folder: string): string => {
  const script = path.join(folder, 'leave.cjs');
  const words = [...server.matchAll(/"([^"]*)"/g)].map(([, word]) => word);
  writeFileSync(
    script,
    `require('node:child_process')
      .spawn(${JSON.stringify(words[0])}, ${JSON.stringify(words.slice(1))}, { detached: true, stdio: 'inherit' })
      .unref();`,
  );
  return `"${process.execPath}" "${script}"`;
};

test.describe('target that is killed and started by commands', () => {
  test('is another process after a kill, and is ended with its start command where that is the server', async ({
    commanded,
  }) => {
    const { target, pid } = await commanded();
    await target.startApi();
    expect(await target.untilHealthy(20_000)).toBeGreaterThan(0);
    const first = await pid();
    await target.killApi();
    expect(await pid()).toBeUndefined();
    await target.startApi();
    await target.untilHealthy(20_000);
    const second = await pid();
    expect(second).not.toBe(first);
    await target.close();
    expect(await isRunning(second ?? 0)).toBe(false);
  });

  test('is left running where its start command returns', async ({ commanded }) => {
    const { target, pid } = await commanded({ start: leaving });
    await target.startApi();
    await target.untilHealthy(20_000);
    await target.killApi();
    await target.startApi();
    await target.untilHealthy(20_000);
    await target.close();
    expect(await pid()).toBeDefined();
  });

  test('has an error with what its start command printed, where that fails', async ({ commanded }) => {
    const failing = `"${process.execPath}" -e "console.error('port is taken'); process.exit(3)"`;
    const { target } = await commanded({ start: () => failing });
    await target.startApi();
    await expect(target.untilHealthy(20_000)).rejects.toThrow(
      /^TARGET_START_COMMAND \(.*console\.error\('port is taken'\); process\.exit\(3\)\) ended with exit code 3:\nport is taken$/,
    );
  });

  test('has an error where its start command does not make it healthy, or there is no such program', async ({
    commanded,
  }) => {
    const idle = await commanded({ start: () => `"${process.execPath}" -e "setInterval(() => 0, 1000)"` });
    await idle.target.startApi();
    await expect(idle.target.untilHealthy(300)).rejects.toThrow(
      /^TARGET_START_COMMAND \(.*\) has been run, but the API is not healthy after 0\.3 s, and printed nothing\.$/,
    );
    const missing = await commanded({ start: () => 'no-such-program-here' });
    await missing.target.startApi();
    await expect(missing.target.untilHealthy(5000)).rejects.toThrow(
      /^TARGET_START_COMMAND \(no-such-program-here\) could not be run: .*ENOENT/,
    );
  });

  test('has an error where its kill command fails', async ({ commanded }) => {
    const { target } = await commanded({ kill: `"${process.execPath}" -e "process.exit(1)"` });
    await expect(target.killApi()).rejects.toThrow(
      /^TARGET_KILL_COMMAND \(.*process\.exit\(1\)\) ended with exit code 1, and printed nothing\.$/,
    );
  });
});
