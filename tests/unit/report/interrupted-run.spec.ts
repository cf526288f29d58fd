import path from 'node:path';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { faultNamed } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { startShop } from '../../../fixtures/shops/reference/start-shop.ts';
import { readFindings } from '../../../helpers/findings/accepted/read-findings.ts';
import { expectFindingsFirst } from '../support/outputs/expect-findings-first.ts';
import { test } from '../support/servers/own-database.ts';
import { runScenarios, runSuite } from '../support/runs/run-suite.ts';

test.describe('interrupted run', () => {
  test.describe.configure({ timeout: 120_000 });

  for (const by of ['SIGTERM', 'SIGINT'] as const) {
    test(`run that is ended by ${by} prints and writes the findings that it had`, async ({ database }, testInfo) => {
      const shop = await startShop({ database, parts: faultNamed('health-says-down').apply(correctParts) });
      const folder = testInfo.outputPath('run');
      try {
        const { exitCode, terminal } = await runSuite({
          ...{ folder, url: shop.url, database, settings: { FORCE_COLOR: '0' } },
          options: ['--project=preflight', '--project=scenarios', 'preflight', 'contract/health', 'orders/', 'stock/'],
          stop: { at: /✘ .*health/, by },
        });
        expect(exitCode, terminal).not.toBe(0);
        expect(terminal).toContain('Fix this first: Health check: expected "status": "UP", seen "status": "DOWN"');
        const found = readFindings(path.join(folder, 'findings', 'findings.json'));
        expect(found).toMatchObject({ verdict: 'INTERRUPTED', findings: [{ severity: 'minor' }] });
        expect(found.notJudged.length).toBeGreaterThan(10);
        await expectFindingsFirst(path.join(folder, 'html'), found, testInfo);
      } finally {
        await shop.close();
      }
    });
  }

  test('run whose output nobody reads any more goes on and writes its findings', async ({ database }, testInfo) => {
    const shop = await startShop({ database, parts: faultNamed('health-says-down').apply(correctParts) });
    const folder = testInfo.outputPath('run');
    try {
      const { exitCode } = await runScenarios(['contract/health'], {
        ...{ folder, url: shop.url, database, stop: { at: /target/, by: 'leaving' } },
      });
      expect(exitCode).toBe(1);
      const found = readFindings(path.join(folder, 'findings', 'findings.json'));
      expect(found).toMatchObject({ verdict: 'FAIL', findings: [{ severity: 'minor' }] });
    } finally {
      await shop.close();
    }
  });
});
