import { expect } from '@playwright/test';
import { printableLines } from '../../../../helpers/text/printable.ts';
import { reportPage } from '../../../../helpers/load/report/page/report-page.ts';
import {
  exampleSummary,
  exhaustedSummary,
  hostileSummary,
  hostileTexts,
} from '../../support/examples/example-load-summary.ts';
import { addForeignParts, faintTexts, unprintable } from '../../support/outputs/page-in-browser.ts';
import { test } from '../../support/outputs/browser-test.ts';

/** Returns a script that counts the painted pixels of a chart. */
const paintedPixels = (id: string): string => `(() => {
  const canvas = document.querySelector('#chart-${id} canvas');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((value, index) => index % 4 === 3 && value > 0).length;
})()`;

test.describe('report page', () => {
  test('every chart of the report page is drawn without errors and requests', async ({ openPage }) => {
    const { page, errors, requests } = await openPage(reportPage(exhaustedSummary()));
    for (const id of ['throughput', 'latency', 'refusals', 'vus', 'balance', 'stock']) {
      const canvas = page.locator(`#chart-${id} canvas`);
      await expect(canvas).toHaveCount(1);
      await expect.poll(() => page.evaluate<number>(paintedPixels(id))).toBeGreaterThan(1000);
    }
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
  });

  test('chart without samples is left out, and chart without events says so', async ({ openPage }) => {
    const series = exampleSummary().series.map(({ second, vus, iterations, requests }) => ({
      ...{ second, vus, iterations, requests },
      ...{ failed: 0, n: 0, refusals: {} },
    }));
    const { page, errors } = await openPage(reportPage(exampleSummary({ series, refusals: [] })));
    await expect(page.locator('figure')).toHaveCount(4);
    await expect(page.locator('#chart-refusals')).toContainText('Nothing was refused.');
    await expect(page.locator('#chart-latency')).toContainText('Not measured: no request succeeded.');
    await expect(page.locator('canvas')).toHaveCount(2);
    expect(errors).toEqual([]);
  });

  test('run without moments still has a report page', async ({ openPage }) => {
    const nothing = { iterations: 0, requests: 0, durationSeconds: 0, metrics: {}, thresholds: [], refusals: [] };
    const { page, errors } = await openPage(reportPage(exampleSummary({ ...nothing, verdict: 'BLOCKED', series: [] })));
    await expect(page.locator('.verdict')).toContainText('BLOCKED');
    await expect(page.locator('canvas')).toHaveCount(0);
    expect(errors).toEqual([]);
  });

  test('latency chart has a gap where no request succeeded', () => {
    const series = exampleSummary().series.map((moment) => (moment.second === 7 ? { ...moment, n: 0 } : moment));
    const data = /id="chart-data">(?<json>.*)<\/script>/.exec(reportPage(exampleSummary({ series })))?.groups?.json;
    const latency: unknown = JSON.parse(data ?? '');
    expect(latency).toHaveProperty('charts.1.series.0.values.6', expect.any(Number));
    expect(latency).toHaveProperty('charts.1.series.0.values.7', null);
  });

  test('pointing at one chart shows the values of that moment in all charts', async ({ openPage }) => {
    const { page } = await openPage(reportPage(exhaustedSummary()));
    const [last] = exhaustedSummary().series.slice(209);
    await page.locator('#chart-vus .u-over').hover({ position: { x: 1, y: 50 } });
    await expect(page.locator('#chart-stock [data-time]')).toHaveText('at 0:00');
    await expect(page.locator('#chart-vus [data-value]')).toHaveText('5');
    const box = await page.locator('#chart-vus .u-over').boundingBox();
    await page.locator('#chart-vus .u-over').hover({ position: { x: (box?.width ?? 0) - 2, y: 50 } });
    await expect(page.locator('#chart-vus [data-value]')).toHaveText(String(last?.vus));
    await expect(page.locator('#chart-refusals [data-value]').first()).toHaveText(
      String(last?.refusals['payment balance']),
    );
  });

  test('text from a target is shown as text and runs nothing', async ({ openPage }) => {
    test.slow();
    const { page, errors, requests, show } = await openPage(reportPage(exampleSummary()));
    for (const text of hostileTexts) {
      await show(reportPage(hostileSummary(text)));
      const samples = await page.evaluate<string[]>(
        `[...document.querySelectorAll('pre')].map((pre) => pre.textContent)`,
      );
      expect(new Set(samples)).toEqual(new Set([printableLines(text)]));
      await expect(page.locator('.verdict p').first()).toHaveText(printableLines(text));
      await expect(page.locator('main :is(script:not([type="application/json"]), img, svg, a, b)')).toHaveCount(0);
      await expect(page.locator('#chart-refusals canvas')).toHaveCount(1);
      expect(await page.evaluate<unknown>('globalThis.ran')).toBeUndefined();
      expect(await page.evaluate<string>('document.body.innerText')).not.toMatch(unprintable);
      expect([...errors, ...requests]).toEqual([]);
    }
  });

  test('report page runs no scripts but its own', async ({ openPage }) => {
    const { page, errors } = await openPage(reportPage(exampleSummary()));
    await page.evaluate(addForeignParts);
    await expect.poll(() => errors.length).toBe(2);
    expect(errors.join('\n')).toMatch(/script-src 'sha256-[^]*default-src 'none'/);
    expect(await page.evaluate<unknown>('globalThis.ran')).toBeUndefined();
  });

  test('report page fits a phone without scrolling sideways, with unbroken texts too', async ({ openPage }) => {
    const unbroken = hostileSummary('x'.repeat(400));
    for (const summary of [exhaustedSummary(), unbroken]) {
      const { page } = await openPage(reportPage(summary), { width: 360 });
      for (const summaryOfSample of await page.locator('summary').all()) await summaryOfSample.click();
      expect(await page.evaluate<number>('document.scrollingElement.scrollWidth')).toBeLessThanOrEqual(360);
      await page.close();
    }
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`texts of the report page are readable in the ${scheme} scheme`, async ({ openPage }) => {
      for (const summary of [
        exhaustedSummary(),
        exampleSummary({ verdict: 'INCONCLUSIVE', stoppedEarly: 'by hand' }),
      ]) {
        const { page } = await openPage(reportPage(summary), { scheme });
        for (const sample of await page.locator('summary').all()) await sample.click();
        const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
        expect(Math.max(...(background.match(/\d+/g) ?? []).map(Number)) > 128).toBe(scheme === 'light');
        expect(await page.evaluate<string[]>(faintTexts)).toEqual([]);
        await page.close();
      }
    });
  }

  test('charts follow the colour scheme and the width', async ({ openPage }) => {
    const { page, errors } = await openPage(reportPage(exampleSummary()));
    const canvas = page.locator('#chart-vus canvas');
    const picture = (): Promise<string> =>
      page.evaluate<string>(`document.querySelector('#chart-vus canvas').toDataURL()`);
    const light = await picture();
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(picture).not.toBe(light);
    await expect(canvas).toHaveCount(1);
    await page.setViewportSize({ width: 360, height: 700 });
    await expect.poll(async () => (await canvas.boundingBox())?.width).toBeLessThan(340);
    await page.setViewportSize({ width: 1000, height: 700 });
    await expect.poll(async () => (await canvas.boundingBox())?.width).toBeGreaterThan(400);
    expect(errors).toEqual([]);
  });

  test('report page has a language, ordered headings, column headers and chart descriptions', async ({ openPage }) => {
    const { page } = await openPage(reportPage(exhaustedSummary()));
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    await expect(page).toHaveTitle('FAIL: load run ramp');
    const levels = await page.evaluate<number[]>(
      `[...document.querySelectorAll('h1, h2, h3')].map(({ tagName }) => Number(tagName[1]))`,
    );
    expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
    await expect(
      page.locator('table:not(:has(thead th[scope="col"])), tbody tr:not(.sample):not(:has(th))'),
    ).toHaveCount(0);
    await expect(page.getByRole('img', { name: /^Throughput over the run: requests\/s from \d/ })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Thresholds' }).getByRole('row')).toHaveCount(5);
  });

  test('report page of a long run is at most 5 % larger than that of a short one', () => {
    const short = exampleSummary();
    const long = exampleSummary({
      durationSeconds: 86_400,
      momentSeconds: 411,
      series: short.series.map((moment) => ({ ...moment, second: moment.second * 411 })),
    });
    expect(reportPage(long).length).toBeLessThan(reportPage(short).length * 1.05);
  });
});
