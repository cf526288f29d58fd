import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, type TestInfo } from '@playwright/test';
import type { Findings } from '../../../../helpers/findings/grouping/finding.ts';
import { installedBrowser } from '../../../../helpers/report/pictures/installed-browser.ts';
import { startBrowser } from './page-in-browser.ts';

/**
 * Opens Playwright's HTML report in a browser, and expects that the test of the findings stands before all others and
 * has the page and each finding. Where no browser is installed, says so in the report of the test.
 */
export async function expectFindingsFirst(
  folder: string,
  { findings }: Pick<Findings, 'findings'>,
  testInfo: TestInfo,
): Promise<void> {
  const executablePath = installedBrowser();
  if (executablePath === undefined) {
    testInfo.annotations.push({ type: 'not proven', description: 'that findings come first: no Chromium here' });
    return;
  }
  const browser = await startBrowser(executablePath);
  try {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
    const places = page.locator('a', { hasText: /\.ts:\d+$/ });
    await expect(places.first()).toHaveText(/^findings\.teardown\.ts:\d+$/);
    expect(await places.count()).toBeGreaterThan(2);
    await places.first().click();
    await expect(page.getByRole('link', { name: 'findings', exact: true })).toBeVisible();
    for (const { severity, sentence } of findings)
      await expect(
        page
          .getByText(`${severity}: ${sentence.slice(0, 80)}`)
          .locator('visible=true')
          .first(),
      ).toBeVisible();
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'findings', exact: true }).click();
    await expect((await opened).locator('.finding')).toHaveCount(findings.length);
  } finally {
    await browser.close();
  }
}
