import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { findingsSchema } from '../helpers/findings/finding.ts';
import { findingText } from '../helpers/findings/report/finding-text.ts';
import { loadSettings } from '../helpers/settings/settings.ts';
import { projectFolder } from '../helpers/text/project-folder.ts';

test('findings', async ({}, testInfo) => {
  const isReported = testInfo.config.reporter.some(([name]) => name.includes('findings-reporter'));
  test.skip(!isReported, 'the reporter that puts findings together is not among the reporters of this run');
  test.skip(testInfo.repeatEachIndex > 0, 'the findings of all repetitions stand in the first one');
  const folder = path.resolve(projectFolder, loadSettings().findingsFolder);
  const file = path.join(folder, 'findings.json');
  // The reporter writes it as soon as this test begins.
  await expect.poll(() => existsSync(file), { timeout: 30_000 }).toBe(true);
  const { findings } = findingsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  await testInfo.attach('findings', { path: path.join(folder, 'index.html'), contentType: 'text/html' });
  for (const finding of findings) {
    await testInfo.attach(finding.id, { body: findingText(finding), contentType: 'text/plain' });
  }
});
