import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, utimes } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect, test } from '@playwright/test';
import { createConnection } from 'mysql2/promise';
import { z } from 'zod';
import { isUsableVersion, parseServerVersion } from '../../fixtures/embedded-database/find-database-server.ts';
import { NoDatabaseServerError } from '../../fixtures/embedded-database/no-database-server-error.ts';
import { startPrivateDatabase } from '../../fixtures/embedded-database/private-database.ts';
import { processStartTime } from '../../fixtures/embedded-database/process-start-time.ts';
import {
  findServersOn,
  removeAbandonedDatabases,
} from '../../fixtures/embedded-database/remove-abandoned-databases.ts';
import { projectFolder } from '../../helpers/project-folder.ts';

type Child = ChildProcessByStdio<null, Readable, Readable>;

const children: Child[] = [];

/** Starts a program with these environment variables; the others are this process's own. */
const start = (variables: string[], args: string[]): Child => {
  const child = spawn('env', [...variables, process.execPath, ...args], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
};

const firstLine = async ({ stdout, stderr }: Child): Promise<string> => {
  for await (const line of createInterface(stdout)) return line;
  throw new Error(`It ended without a line: ${await text(stderr)}`);
};

const isRunning = async (pid: number): Promise<boolean> => (await processStartTime(pid)) !== undefined;

const started = z.object({ pid: z.number(), folder: z.string() });

/** A process of its own that starts a private database and then only waits. */
const startOwner = async (cacheFolder: string, variables: string[] = []) => {
  const script = `
    const { startPrivateDatabase } = await import('./fixtures/embedded-database/private-database.ts');
    const { pid, folder } = await startPrivateDatabase({ cacheFolder: ${JSON.stringify(cacheFolder)} });
    console.log(JSON.stringify({ pid, folder }));
    setInterval(() => undefined, 1000);
  `;
  const owner = start(variables, ['--import', 'tsx', '--input-type=module', '--eval', script]);
  return { owner, ...started.parse(JSON.parse(await firstLine(owner))) };
};

const kill = async (child: Child): Promise<void> => {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
};

const onOwnDatabase = ['BASE_URL=', 'DB_HOST=', 'BUNDLED_SHOP_URL=', 'BUNDLED_SHOP_DB='];

const startShop = async (...args: string[]): Promise<{ shop: Child; line: string }> => {
  const shop = start(onOwnDatabase, ['--import', 'tsx', 'helpers/cli/shop.ts', ...args]);
  return { shop, line: await firstLine(shop) };
};

const foldersOfShop = async ({ pid = 0 }: Child): Promise<string[]> => {
  const names = await readdir(path.join(projectFolder, '.cache', 'databases'));
  return names.filter((name) => name.startsWith(`${pid}-`));
};

test.describe('embedded database', () => {
  test.afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
  });

  test('versions are read from what MariaDB and MySQL print', () => {
    const mariadb = 'mariadbd  Ver 10.11.19-MariaDB-0+deb12u1 for debian-linux-gnu on x86_64 (Debian 12)';
    const mysql = '/usr/sbin/mysqld  Ver 8.4.2 for Linux on x86_64 (MySQL Community Server - GPL)';
    expect(parseServerVersion(mariadb)).toEqual({ flavor: 'mariadb', version: '10.11.19' });
    expect(parseServerVersion(mysql)).toEqual({ flavor: 'mysql', version: '8.4.2' });
    expect(parseServerVersion('mysqld: command not found')).toBeUndefined();
  });

  test('versions that are too old are told apart', () => {
    expect(isUsableVersion({ flavor: 'mysql', version: '8.0.36' })).toBe(true);
    expect(isUsableVersion({ flavor: 'mysql', version: '5.7.44' })).toBe(false);
    expect(isUsableVersion({ flavor: 'mariadb', version: '10.6.0' })).toBe(true);
    expect(isUsableVersion({ flavor: 'mariadb', version: '12.0.2' })).toBe(true);
    expect(isUsableVersion({ flavor: 'mariadb', version: '10.5.29' })).toBe(false);
  });

  test('without a server one message names the old one, the attempts and the ways out', () => {
    const old = { path: '/usr/sbin/mysqld', flavor: 'mysql', version: '5.7.44' } as const;
    const error = new NoDatabaseServerError([old], ['apt, which this system does not have.']);
    expect(error.stack).toBe(error.message);
    expect(error.message).toContain('Found MySQL 5.7.44 (/usr/sbin/mysqld), which is too old: MySQL 8 or later');
    expect(error.message).toContain('Tried: apt, which this system does not have.');
    expect(error.message).toMatch(/npm run set-up[^]*brew install mariadb[^]*docker compose up[^]*DB_HOST=/);
  });

  test('the bundled shop stays away from the database of another target', async () => {
    const shop = start(
      ['BASE_URL=http://127.0.0.1:9', 'DB_HOST=127.0.0.1', 'DB_PORT=9'],
      ['--import', 'tsx', 'helpers/cli/shop.ts'],
    );
    const said = text(shop.stderr);
    expect(await once(shop, 'exit')).toEqual([1, null]);
    expect(await said).toMatch(/^BASE_URL and DB_HOST say .*Unset BASE_URL/);
  });

  test('a private database answers until it is stopped, and leaves nothing', async () => {
    const database = await startPrivateDatabase({ cacheFolder: test.info().outputPath() });
    const { host, port, user, password, name } = database;
    const connection = await createConnection({ host, port, user, password, database: name });
    const [rows] = await connection.query('SELECT DATABASE() AS name');
    connection.destroy();
    expect(rows).toEqual([{ name: 'ecommerce' }]);
    expect(await findServersOn(path.join(database.folder, 'data'))).toEqual([database.pid]);
    await database.stop();
    await database.stop();
    expect(await isRunning(database.pid)).toBe(false);
    expect(existsSync(database.folder)).toBe(false);
  });

  test('two that start at once in one folder do not meet', async () => {
    const options = { cacheFolder: test.info().outputPath() };
    const [first, second] = await Promise.all([startPrivateDatabase(options), startPrivateDatabase(options)]);
    expect(first.port).not.toBe(second.port);
    expect(first.folder).not.toBe(second.folder);
    await first.stop();
    expect(await isRunning(second.pid)).toBe(true);
    await second.stop();
    expect(await readdir(test.info().outputPath('databases'))).toEqual([]);
  });

  test('a start that is called off leaves nothing', async () => {
    const cacheFolder = test.info().outputPath();
    const calledOff = new AbortController();
    const starting = startPrivateDatabase({ cacheFolder, signal: calledOff.signal });
    const databases = path.join(cacheFolder, 'databases');
    await expect.poll(() => readdir(databases).catch(() => []), { intervals: [10] }).toHaveLength(1);
    calledOff.abort();
    await expect(starting).rejects.toThrow(/abort/);
    expect(await readdir(databases)).toEqual([]);
  });

  test('the next start removes the server and the folder of a killed owner', async () => {
    const cacheFolder = test.info().outputPath();
    // Without a search path there is no setpriv, and so the server outlives its owner.
    const { owner, pid, folder } = await startOwner(cacheFolder, ['PATH=/nowhere']);
    await kill(owner);
    expect(await isRunning(pid)).toBe(true);
    const next = await startPrivateDatabase({ cacheFolder });
    await next.stop();
    expect(await isRunning(pid)).toBe(false);
    expect(existsSync(folder)).toBe(false);
  });

  test('two that clean at once remove what is abandoned, and nothing of an owner that lives', async () => {
    const cacheFolder = test.info().outputPath();
    const [living, killed] = await Promise.all([startOwner(cacheFolder), startOwner(cacheFolder)]);
    await kill(killed.owner);
    const databases = path.join(cacheFolder, 'databases');
    await Promise.all([removeAbandonedDatabases(databases), removeAbandonedDatabases(databases)]);
    expect(await isRunning(killed.pid)).toBe(false);
    expect(await readdir(databases)).toEqual([path.basename(living.folder)]);
    expect(await isRunning(living.pid)).toBe(true);
  });

  test('a folder that nobody claims is removed only when it is not new', async () => {
    const databases = test.info().outputPath('databases');
    const [young, old] = [path.join(databases, 'young'), path.join(databases, 'old')];
    await mkdir(young, { recursive: true });
    await mkdir(old);
    const twoMinutesAgo = Date.now() / 1000 - 120;
    await utimes(old, twoMinutesAgo, twoMinutesAgo);
    expect(await removeAbandonedDatabases(databases)).toEqual([old]);
    expect(existsSync(young)).toBe(true);
  });

  test('only a process that names exactly the data folder is taken for its server', async () => {
    const folder = test.info().outputPath('data');
    const wait = 'console.log("up"); setInterval(() => undefined, 1000)';
    const server = start([], ['--eval', wait, '--', `--datadir=${folder}`, 'x']);
    const other = start([], ['--eval', wait, '--', `--datadir=${folder}-2`, folder]);
    await Promise.all([firstLine(server), firstLine(other)]);
    expect(await findServersOn(folder)).toEqual([server.pid]);
  });

  test('the shop ends with its owner', async () => {
    const owner = start([], ['--eval', 'setInterval(() => undefined, 1000)']);
    const { shop, line } = await startShop(`--owner-pid=${owner.pid}`);
    expect(line).toMatch(/^bundled-shop url=http:\/\/127\.0\.0\.1:\d+ db=127\.0\.0\.1:\d+$/);
    const [folder = ''] = await foldersOfShop(shop);
    const data = path.join(projectFolder, '.cache', 'databases', folder, 'data');
    const [serverPid = 0] = await findServersOn(data);
    expect(await isRunning(serverPid)).toBe(true);
    await kill(owner);
    await once(shop, 'exit');
    expect(await foldersOfShop(shop)).toEqual([]);
    expect(await isRunning(serverPid)).toBe(false);
  });

  test('Ctrl-C, even twice, stops the shop and its database', async () => {
    const { shop, line } = await startShop();
    expect(line).toMatch(/^shop +http:\/\/127\.0\.0\.1:\d+$/);
    expect(await foldersOfShop(shop)).toHaveLength(1);
    const ended = once(shop, 'exit');
    shop.kill('SIGINT');
    shop.kill('SIGINT');
    expect(await ended).toEqual([0, null]);
    expect(await foldersOfShop(shop)).toEqual([]);
  });

  test('the shop does not write to a database on another machine unasked', async () => {
    const variables = [...onOwnDatabase, 'DB_HOST=db.example.com', 'DB_NAME=live', 'ALLOW_WRITES_TO='];
    const shop = start(variables, ['--import', 'tsx', 'helpers/cli/shop.ts']);
    const [message, end] = await Promise.all([text(shop.stderr), once(shop, 'exit')]);
    expect(message).toMatch(
      /^The database db\.example\.com\/live is not on this machine.*ALLOW_WRITES_TO=db\.example\.com\/live/,
    );
    expect(end).toEqual([1, null]);
  });
});
