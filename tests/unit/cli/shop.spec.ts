import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { findServersOn } from '../../../fixtures/shops/database/remove-abandoned-databases.ts';
import { projectFolder } from '../../../helpers/text/project-folder.ts';
import {
  firstLineOf,
  isRunning,
  killChild,
  killChildren,
  startNode,
  type Child,
} from '../support/runs/child-processes.ts';

const onOwnDatabase = ['BASE_URL=', 'DB_HOST=', 'BUNDLED_SHOP_URL=', 'BUNDLED_SHOP_DB='];

const startShop = async (...args: string[]): Promise<{ shop: Child; line: string }> => {
  const shop = startNode(onOwnDatabase, ['--import', 'tsx', 'helpers/cli/shop.ts', ...args]);
  return { shop, line: await firstLineOf(shop) };
};

const foldersOfShop = async ({ pid = 0 }: Child): Promise<string[]> => {
  const names = await readdir(path.join(projectFolder, '.cache', 'databases'));
  return names.filter((name) => name.startsWith(`${pid}-`));
};

test.describe('npm run shop', () => {
  test.afterEach(killChildren);

  test("bundled shop refuses to start with another target's BASE_URL and database", async () => {
    const shop = startNode(
      ['BASE_URL=http://127.0.0.1:9', 'DB_HOST=127.0.0.1', 'DB_PORT=9'],
      ['--import', 'tsx', 'helpers/cli/shop.ts'],
    );
    const said = text(shop.stderr);
    expect(await once(shop, 'exit')).toEqual([1, null]);
    expect(await said).toMatch(/^With BASE_URL and DB_HOST set, .*Unset BASE_URL/);
  });

  test('bundled shop and its database end with the process that owns them', async () => {
    const owner = startNode([], ['--eval', 'setInterval(() => undefined, 1000)']);
    const { shop, line } = await startShop(`--owner-pid=${owner.pid}`);
    expect(line).toMatch(
      /^bundled-shop url=http:\/\/127\.0\.0\.1:\d+ db=127\.0\.0\.1:\d+ other=http:\/\/127\.0\.0\.1:\d+$/,
    );
    const [folder = ''] = await foldersOfShop(shop);
    const data = path.join(projectFolder, '.cache', 'databases', folder, 'data');
    const [serverPid = 0] = await findServersOn(data);
    expect(await isRunning(serverPid)).toBe(true);
    await killChild(owner);
    await once(shop, 'exit');
    expect(await foldersOfShop(shop)).toEqual([]);
    expect(await isRunning(serverPid)).toBe(false);
  });

  test('Ctrl-C, even twice, stops the bundled shop and its database', async () => {
    const { shop, line } = await startShop();
    expect(line).toMatch(/^shop +http:\/\/127\.0\.0\.1:\d+$/);
    expect(await foldersOfShop(shop)).toHaveLength(1);
    const ended = once(shop, 'exit');
    shop.kill('SIGINT');
    shop.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await foldersOfShop(shop)).toEqual([]);
  });

  test('bundled shop does not write to a database on another machine without permission', async () => {
    const variables = [...onOwnDatabase, 'DB_HOST=db.example.com', 'DB_NAME=live', 'ALLOW_WRITES_TO='];
    const shop = startNode(variables, ['--import', 'tsx', 'helpers/cli/shop.ts']);
    const [message, end] = await Promise.all([text(shop.stderr), once(shop, 'exit')]);
    expect(message).toMatch(
      /^The database db\.example\.com\/live is not on this machine.*ALLOW_WRITES_TO=db\.example\.com\/live/,
    );
    expect(end).toEqual([1, null]);
  });
});
