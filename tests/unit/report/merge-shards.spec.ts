import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { faultNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { startShop } from '../../../fixtures/shops/reference/start-shop.ts';
import { readFindings } from '../../../helpers/findings/accepted/read-findings.ts';
import { missingShardsIn } from '../../../helpers/report/merge-shards.ts';
import { test } from '../support/servers/own-database.ts';
import { expectFindingsFirst } from '../support/outputs/expect-findings-first.ts';
import { runCommand } from '../support/runs/run-command.ts';
import { runSuite } from '../support/runs/run-suite.ts';
import { suiteEnvironment } from '../support/runs/suite-environment.ts';

const shards = 3;
const missing = 2;

test.describe('shards of a run', () => {
  test.describe.configure({ timeout: 180_000 });

  test('folder without blob reports is an error that says how to write them', ({}, testInfo) => {
    const folder = testInfo.outputPath('blobs');
    expect(() => missingShardsIn(folder, 2)).toThrow(`There is no folder ${folder}`);
    mkdirSync(folder, { recursive: true });
    expect(() => missingShardsIn(folder, 2)).toThrow('run each shard with --reporter=blob --shard=1/2');
  });

  test('shards are merged to one report, one findings page and one verdict, a missing one is named', async ({
    database,
  }, testInfo) => {
    const shop = await startShop({ database, parts: faultNamed('health-says-down').apply(correctParts) });
    const blobs = testInfo.outputPath('blobs');
    const folder = testInfo.outputPath('merged');
    mkdirSync(blobs, { recursive: true });
    const merge = async () => {
      const { exitCode, output } = await runCommand('findings', ['--merge', blobs, '--shards', String(shards)], {
        ...suiteEnvironment({ folder, url: shop.url, database }),
        GITHUB_STEP_SUMMARY: path.join(folder, 'job-summary.md'),
      });
      return { exitCode, output, findings: readFindings(path.join(folder, 'findings', 'findings.json')) };
    };
    try {
      mkdirSync(folder, { recursive: true });
      for (let shard = 1; shard <= shards; shard += 1) {
        const ofShard = testInfo.outputPath(`shard-${shard}`);
        const options = ['--project=scenarios', 'contract/health', 'order-then-pay', `--shard=${shard}/${shards}`];
        await runSuite({ folder: ofShard, url: shop.url, database, options: [...options, '--reporter=blob'] });
        for (const file of readdirSync(path.join(ofShard, 'blob'))) {
          renameSync(path.join(ofShard, 'blob', file), path.join(blobs, file));
        }
      }
      const whole = await merge();
      expect(whole.exitCode, whole.output).toBe(1);
      expect(whole.findings).toMatchObject({ verdict: 'FAIL', findings: [{ severity: 'minor' }] });
      expect(whole.findings.findings).toHaveLength(1);
      expect(whole.findings.findings[0]?.evidence.exchanges.length).toBeGreaterThan(0);
      expect(whole.findings.passed.length).toBeGreaterThan(5);
      await expectFindingsFirst(path.join(folder, 'html'), whole.findings, testInfo);
      expect(readFileSync(path.join(folder, 'job-summary.md'), 'utf8')).toContain('FAIL');

      const lost = readdirSync(blobs).filter((file) => file.endsWith(`-${missing}.zip`));
      expect(lost).toHaveLength(1);
      for (const file of lost) rmSync(path.join(blobs, file));
      const lacking = await merge();
      expect(lacking.exitCode).toBe(1);
      expect(lacking.findings.because).toContain(`shard ${missing} left no results`);

      // The one with what failed.
      for (const file of readdirSync(blobs).filter((one) => one.endsWith('-1.zip'))) rmSync(path.join(blobs, file));
      const unfinished = await merge();
      expect(unfinished.exitCode).toBe(1);
      expect(unfinished.findings).toMatchObject({ verdict: 'INCONCLUSIVE', findings: [] });
      expect(unfinished.output).toContain(
        `INCONCLUSIVE  nothing failed; shard 1, ${missing} left no results: run it again.`,
      );
    } finally {
      await shop.close();
    }
  });
});
