import { test as base, type Browser } from '@playwright/test';
import { installedBrowser } from '../../../../helpers/report/pictures/installed-browser.ts';
import { openPage, startBrowser, type OpenedPage, type PageOptions } from './page-in-browser.ts';

const executablePath = installedBrowser();

interface Fixtures {
  /** Writes a page to a file and opens it. */
  openPage: (html: string, options?: PageOptions) => Promise<OpenedPage>;
  isInstalled: undefined;
}

/** A test that opens a page in the browser that is installed here, which a worker starts once; skipped where there is none. */
export const test = base.extend<Fixtures, { browser: Browser }>({
  isInstalled: [
    async ({}, use, testInfo) => {
      testInfo.skip(
        executablePath === undefined,
        'There is no Chromium or Chrome on this machine to open the page with.',
      );
      await use(undefined);
    },
    { auto: true },
  ],
  openPage: async ({ browser }, use, testInfo) => {
    await use((html, options) => openPage(browser, html, testInfo, options));
  },
  browser: [
    async ({}, use) => {
      const browser = await startBrowser(executablePath);
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
});
