import path from 'node:path';
import { expect, test } from '@playwright/test';
import { concludeRun } from '../../helpers/load/run/conclude-run.ts';
import { expectedVerdict } from '../../helpers/load/audit/expected-verdict.ts';
import { ReportFolder } from '../../helpers/load/report/page/report-folder.ts';
import { verdictMessage } from '../../helpers/load/report/verdict-message.ts';
import { loadSettings } from '../../helpers/settings/settings.ts';

test('load run gets the expected verdict', async ({}, testInfo) => {
  test.skip(testInfo.repeatEachIndex > 0, 'there is one load run, and so one verdict');
  const folder = new ReportFolder(loadSettings());
  const summary = concludeRun(folder);
  test.skip(summary === undefined, 'no load run has left anything');
  for (const name of ['index.html', 'summary.md', 'summary.json']) {
    await testInfo.attach(name, { path: path.join(folder.path, name) });
  }
  const { verdict, annotations } = expectedVerdict(summary, testInfo.config.shard);
  testInfo.annotations.push(...annotations);
  expect(summary?.verdict, summary && verdictMessage(summary)).toBe(verdict);
});
