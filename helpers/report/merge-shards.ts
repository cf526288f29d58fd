import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findingsSchema } from '../findings/grouping/finding.ts';
import { environmentWith } from '../settings/environment/child-environment.ts';
import { missingShardsVariable } from '../settings/missing-shards.ts';
import { loadSettings } from '../settings/settings.ts';
import { projectFolder } from '../text/project-folder.ts';
import { UserError } from '../text/user-error.ts';

/** Playwright's blob reporter ends the name of a shard's file with its number: `report-2.zip`. */
const shardOf = (file: string): number => Number(/-(\d+)\.zip$/.exec(file)?.[1] ?? 1);

/** Returns which of so many shards have no file in a folder. */
export function missingShardsIn(folder: string, shards: number): number[] {
  if (!existsSync(folder)) throw new UserError(`There is no folder ${folder} with the blob reports of shards.`);
  const files = readdirSync(folder).filter((file) => file.endsWith('.zip'));
  if (files.length === 0) {
    throw new UserError(
      `There is no blob report in ${folder}: run each shard with --reporter=blob --shard=1/${shards}.`,
    );
  }
  const there = new Set(files.map(shardOf));
  return Array.from({ length: shards }, (_, nth) => nth + 1).filter((shard) => !there.has(shard));
}

/**
 * Makes one HTML report, one JUnit file, one findings page and one verdict of the blob reports of several shards.
 *
 * @returns the exit code: 0 for PASS.
 * @throws UserError where there is nothing to merge
 */
export async function mergeShards(folder: string, shards: number): Promise<number> {
  const missing = missingShardsIn(path.resolve(folder), shards);
  const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');
  const args = [cli, 'merge-reports', '--config=playwright.config.ts', path.resolve(folder)];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: environmentWith({ [missingShardsVariable]: missing.join(',') }),
    stdio: 'inherit',
  });
  const code = await new Promise<number>((resolve) => {
    child.on('close', (exitCode) => {
      resolve(exitCode ?? 1);
    });
  });
  const file = path.resolve(projectFolder, loadSettings().findingsFolder, 'findings.json');
  if (code !== 0 || !existsSync(file)) return code === 0 ? 1 : code;
  const { verdict } = findingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return verdict === 'PASS' ? 0 : 1;
}
