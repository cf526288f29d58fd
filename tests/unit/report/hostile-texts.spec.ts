import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { chromium, expect, test, type Page } from '@playwright/test';
import { isRecord, parseJson } from '../../../helpers/text/json.ts';
import { bundledShop } from '../support/servers/database-user.ts';
import { hostileTexts } from '../support/examples/example-load-summary.ts';
import { startFront, type Change } from '../support/servers/front.ts';
import { grepFor } from '../support/outputs/grep-for.ts';
import { installedBrowser } from '../../../helpers/report/pictures/installed-browser.ts';
import { runSuite } from '../support/runs/run-suite.ts';

/** Puts a hostile text into every text of an answer, and refuses every third payment with one. */
const withHostileTexts = (): Change => {
  let answers = 0;
  return ({ method, path: place, status, body }) => {
    const text = hostileTexts[(answers += 1) % hostileTexts.length] ?? '';
    const json = parseJson(body);
    if (place.endsWith('/payment') && answers % 3 === 0) {
      return answers % 2 === 0
        ? { status: 409, body: JSON.stringify({ code: text, message: text }) }
        : { status: 500, headers: { 'content-type': 'text/html' }, body: text };
    }
    if (method === 'GET' && !place.startsWith('/api/orders')) return {};
    if (!isRecord(json)) return {};
    const items = Array.isArray(json.items)
      ? { items: json.items.map((line: unknown) => (isRecord(line) ? { ...line, productName: text } : line)) }
      : {};
    // All of them in every answer, since the order of requests varies from run to run.
    const further = hostileTexts.join(' ');
    const told = status > 299 ? { code: text, message: text, further } : { status: text, further, ...items };
    return { status, body: JSON.stringify({ ...json, ...told, ...('orderNumber' in json && { orderNumber: text }) }) };
  };
};

/** Serves a folder's files, as `npx playwright show-report` does. */
const serve = async (folder: string): Promise<{ url: string; close: () => void }> => {
  const types: Readonly<Record<string, string>> = {
    '.html': 'text/html',
    '.md': 'text/markdown',
    '.txt': 'text/plain',
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = path.join(folder, pathname === '/' ? 'index.html' : path.normalize(pathname));
    response.setHeader('content-type', types[path.extname(file)] ?? 'application/octet-stream');
    response.end(existsSync(file) ? readFileSync(file) : '');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

/** Opens a page and notes every dialog, error, popup and foreign request, as an injected script would cause. */
const openWatched = async (page: Page, url: string): Promise<string[]> => {
  const noted: string[] = [];
  page.on('dialog', (dialog) => {
    noted.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('pageerror', (error) => noted.push(`error ${error.message}`));
  page.on('popup', (popup) => noted.push(`popup ${popup.url()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(url) && !/^(?:data|blob):/.test(request.url()))
      noted.push(`request ${request.url()}`);
  });
  await page.goto(url);
  return noted;
};

const scriptRan = (page: Page): Promise<unknown> => page.evaluate<unknown>('globalThis.ran');

const injectedElements = 'a[href^="javascript:"], img[onerror], svg[onload], b';

test.describe('reports on a hostile target', () => {
  test.describe.configure({ timeout: 300_000 });

  test('hostile texts of a target run, link, load and steer nothing in any report', async ({}, testInfo) => {
    const executablePath = installedBrowser();
    test.skip(executablePath === undefined, 'There is no Chromium or Chrome on this machine to open the reports with.');
    const { url, database } = bundledShop();
    const folder = path.join(testInfo.outputDir, 'run');
    const front = await startFront(url, withHostileTexts());
    const { terminal } = await runSuite({
      folder,
      url: front.url,
      database,
      settings: { LOAD_PROFILE: 'smoke', LOAD_VUS: '2', LOAD_ITERATIONS: '20', LOAD_PAUSE_MS: '0' },
      options: [
        ...['preflight', 'scenarios', 'load'].map((project) => `--project=${project}`),
        // Few, since each that fails costs the run a new worker process.
        grepFor('preflight', 'order-view', 'load.spec', 'verdict.spec'),
      ],
    });
    front.close();

    expect(terminal).toMatch(/FAIL: \d+ passed, [1-9]\d* failed/);
    expect(terminal).toContain('globalThis.ran = true');
    // eslint-disable-next-line no-control-regex
    const uncoloured = terminal.replace(/\u001b\[[\d;]*m/g, '');
    expect(uncoloured).toBe(stripVTControlCharacters(uncoloured));
    expect(uncoloured).not.toMatch(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]|(?![\n\t])\p{Cc}/u);

    const browser = await chromium.launch({
      ...(executablePath !== undefined && { executablePath }),
      args: ['--no-sandbox'],
    });
    try {
      const report = await browser.newPage();
      const html = await serve(path.join(folder, 'html'));
      const noted = await openWatched(report, html.url);
      await expect(report.locator('a[href*="testId="]').first()).toBeVisible();
      const addresses = await report.evaluate<string[]>(
        `[...new Set([...document.querySelectorAll('a[href*="testId="]')].map((link) => link.getAttribute('href')))]`,
      );
      expect(addresses.length).toBeGreaterThan(5);
      let texts = '';
      for (const address of addresses) {
        // Via an empty page, since the report shows the previous test until it has rendered the next one.
        await report.goto('about:blank');
        await report.goto(`${html.url}${address}`);
        await expect(report.getByText('Test Steps')).toBeVisible();
        // Attachments are only put into the page when they are opened.
        for (const attachment of await report.getByText('requests and answers', { exact: true }).all())
          await attachment.click();
        texts += await report.evaluate<string>('document.body.textContent');
        expect.soft(await scriptRan(report), address).toBeUndefined();
        await expect.soft(report.locator(injectedElements), address).toHaveCount(0);
      }
      html.close();
      // Escaped as in JSON; only a body that is not JSON shows it unescaped.
      expect(texts).toContain('<img src=x onerror=\\"globalThis.ran = true\\">');
      expect(noted).toEqual([]);

      const load = await browser.newPage();
      const notedThere = await openWatched(load, pathToFileURL(path.join(folder, 'load-report', 'index.html')).href);
      for (const sample of await load.locator('summary').all()) await sample.click();
      expect(await load.evaluate<string>('document.body.textContent')).toContain('globalThis.ran = true');
      expect(await scriptRan(load)).toBeUndefined();
      await expect(load.locator(`main :is(${injectedElements})`)).toHaveCount(0);
      expect(notedThere).toEqual([]);
    } finally {
      await browser.close();
    }

    const summary = readFileSync(path.join(folder, 'load-report', 'summary.md'), 'utf8');
    expect(summary).toContain('globalThis.ran');
    const prose = summary
      .replace(/^(?<fence>`{3,})text\n.*?\n\k<fence>$/gms, '')
      .replace(/(?<![\\`])(?<ticks>`+)(?!`)[^\n]*?(?<!`)\k<ticks>(?!`)/g, '');
    expect(prose).not.toMatch(/(?<!\\)<(?!\/?(?:details|summary)>)/);
    expect(summary).not.toMatch(/[\u202a-\u202e\u2066-\u2069]|(?!\n)\p{Cc}/u);
  });
});
