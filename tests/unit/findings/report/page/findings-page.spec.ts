import { expect } from '@playwright/test';
import type { Findings } from '../../../../../helpers/findings/grouping/finding.ts';
import { findingsPage } from '../../../../../helpers/findings/report/page/findings-page.ts';
import { printableLines } from '../../../../../helpers/text/printable.ts';
import { cleanFindings, exampleFindings, examplePromise } from '../../../support/examples/example-findings.ts';
import { hostileFindings, manyFindings } from '../../../support/examples/extreme-findings.ts';
import { hostileTexts } from '../../../support/examples/example-load-summary.ts';
import { addForeignParts, faintTexts, unprintable } from '../../../support/outputs/page-in-browser.ts';
import { test } from '../../../support/outputs/browser-test.ts';

const unfoldAll = `for (const details of document.querySelectorAll('details')) details.open = true`;
const contentWidth = 'document.scrollingElement.scrollWidth';

/** Returns findings in which every text that comes from the target is one of some, and each of them everywhere. */
const allHostile = (texts: readonly string[]): Findings => {
  const all = texts.map(hostileFindings);
  return {
    ...exampleFindings({ because: texts.join(' '), target: texts.join(' ') }),
    findings: all.flatMap(({ findings }) => findings),
    notJudged: all.flatMap(({ notJudged }) => notJudged),
    notApplicable: all.flatMap(({ notApplicable }) => notApplicable),
    passed: all.flatMap(({ passed }) => passed),
    fixed: all.flatMap(({ fixed }) => fixed),
    expired: all.flatMap(({ expired }) => expired),
  };
};

const pageOf = (findings: Findings, promiseSentence: (id: string) => string | undefined = examplePromise): string =>
  findingsPage(findings, { folder: 'findings', promiseSentence });

test.describe('findings page', () => {
  test('page has the verdict, the counts, and a card for each finding, the most severe first', async ({ openPage }) => {
    const { page, errors, requests } = await openPage(pageOf(exampleFindings()));
    await expect(page).toHaveTitle('FAIL: findings about reference');
    await expect(page.locator('.verdict')).toContainText('5 findings, 2 of them critical');
    await expect(page.locator('.figures > div')).toHaveText([
      /Critical\s*2\s*5 scenarios/,
      /Major\s*2/,
      /Minor\s*1/,
      /Passed\s*14\s*of 83 scenarios/,
      /Not judged\s*47/,
      /Accepted\s*1\s*1 fixed since/,
    ]);
    await expect(page.locator('.finding .badge')).toHaveText([
      'critical',
      'critical',
      'major',
      'major',
      'minor',
      'minor',
    ]);
    await expect(page.locator('.finding:has(.first) h3')).toHaveText(/^One order of 30,000 won was charged 4 times/);
    expect([...errors, ...requests]).toEqual([]);
  });

  test('card shows the requests with their keys, the changed rows, the waiting requests and the script', async ({
    openPage,
  }) => {
    const { page } = await openPage(pageOf(exampleFindings()));
    const card = page.locator('.finding').first();
    await expect(card.locator('.exchanges > li')).toHaveCount(7);
    await expect(card.locator('.key')).toHaveText([/^A key pay-3f1c/, /^A/, /^A/, /^A/, /^B key pay-99b0/, /^A/]);
    await expect(card.getByText('{"orderId":50231,"userId":70001}').first()).toBeHidden();
    await card.locator('.exchanges summary').nth(1).click();
    await expect(card.getByText('{"orderId":50231,"userId":70001}').first()).toBeVisible();
    await expect(card.getByRole('region', { name: 'Rows of accounts' }).getByRole('row')).toHaveText([
      /^accounts/,
      /changed\s*70001\s*500,000 → 380,000 −120,000/,
      /as before\s*70002\s*500,000/,
    ]);
    await expect(card.getByRole('region', { name: 'Rows of payments' }).getByRole('row')).toHaveCount(5);
    await expect(card).toContainText('5 requests waited for it after 130 ms');
    await expect(card.locator('.show code')).toHaveText('bash findings/01-charged-twice-pay-concurrent.sh');
    await expect(card.getByRole('link', { name: 'Read the script' })).toHaveAttribute(
      'href',
      './01-charged-twice-pay-concurrent.sh',
    );
    await expect(card).toContainText('An order is debited at most once, whatever is sent.');
  });

  test('bars show which requests overlapped in time', async ({ openPage }) => {
    const { page } = await openPage(pageOf(exampleFindings()));
    const boxes = await Promise.all(
      (await page.locator('.finding').first().locator('.bar').all()).map((bar) => bar.boundingBox()),
    );
    const [order, first, second, , , , last] = boxes.map((box) => ({
      from: box?.x ?? 0,
      to: (box?.x ?? 0) + (box?.width ?? 0),
    }));
    expect(order?.to).toBeLessThan(first?.from ?? 0);
    expect(second?.from).toBeLessThan(first?.to ?? 0);
    expect(last?.from).toBeGreaterThan(second?.to ?? 0);
  });

  test('filters choose findings by severity and family, and "all" or a second click shows them again', async ({
    openPage,
  }) => {
    const { page } = await openPage(pageOf(exampleFindings()));
    const shown = page.locator('[data-finding]:visible');
    const severity = page.getByRole('group', { name: 'Severity' });
    const family = page.getByRole('group', { name: 'Family' });
    await expect(shown).toHaveCount(6);
    await severity.getByRole('button', { name: 'critical 2' }).click();
    await expect(shown).toHaveCount(2);
    await expect(page.getByRole('status')).toHaveText('2 of 6 findings are shown.');
    await family.getByRole('button', { name: 'stock' }).click();
    await expect(shown.locator('h3')).toHaveText([/^12 pieces were sold/]);
    await expect(severity.getByRole('button', { pressed: true })).toHaveText(/critical/);
    await severity.getByRole('button', { name: 'critical' }).click();
    await family.getByRole('button', { name: 'all' }).click();
    await expect(shown).toHaveCount(6);
    await expect(page.getByRole('status')).toHaveText('');
  });

  test('scenarios not judged, passed or not applicable are listed by promise, with the reason', async ({
    openPage,
  }) => {
    const { page } = await openPage(pageOf(exampleFindings()));
    await page.evaluate(unfoldAll);
    const sections = page.locator('.scenarios');
    await expect(sections.locator('h2')).toHaveText(['Not judged 47', 'Passed 14', 'Not applicable 1']);
    await expect(sections.nth(0).locator('h3')).toHaveText([
      '46 scenarios, because replays answer 500',
      '1 scenario, because no request waited for the locked row',
    ]);
    await expect(sections.nth(0).locator('.promises > li')).toHaveCount(3);
    await expect(sections.nth(1)).toContainText('An order is debited at most once, whatever is sent. 12 scenarios');
    await expect(sections.nth(2)).toContainText('A top-up adds its amount to the balance, once.');
  });

  test('page of a run without findings has no filters and no cards', async ({ openPage }) => {
    const { page, errors } = await openPage(pageOf(cleanFindings()));
    await expect(page.locator('.verdict')).toContainText('PASS');
    await expect(page.locator('.finding, .filters')).toHaveCount(0);
    expect(errors).toEqual([]);
  });

  test('text from a target is shown as text and runs nothing', async ({ openPage }) => {
    const texts = [...hostileTexts, '</style><style>*{display:none}</style>', 'javascript:globalThis.ran=true'];
    const { page, errors, requests } = await openPage(pageOf(allHostile(texts), (id) => id));
    await page.evaluate(unfoldAll);
    const cards = await page.evaluate<{ title: string; texts: string[] }[]>(
      `[...document.querySelectorAll('.finding')].map((card) => ({
        title: card.querySelector('h3').textContent,
        texts: [...card.querySelectorAll('pre')].slice(0, 3).map((pre) => pre.textContent),
      }))`,
    );
    for (const text of texts.map((one) => printableLines(one))) {
      expect.soft(cards, text).toContainEqual({ title: text, texts: [text, text, text] });
    }
    await expect(page.locator('.finding h3:visible')).toHaveCount(2 * texts.length);
    await expect(page.locator('main :is(script, style, img, svg)')).toHaveCount(0);
    const links = await page.evaluate<string[]>(
      `[...document.querySelectorAll('a')].map((a) => a.getAttribute('href'))`,
    );
    expect(links).toEqual(texts.map(() => './01-charged-twice-pay-concurrent.sh'));
    expect(await page.evaluate<unknown>('globalThis.ran')).toBeUndefined();
    expect(await page.evaluate<string>('document.body.innerText')).not.toMatch(unprintable);
    expect([...errors, ...requests]).toEqual([]);
  });

  test('findings page runs no scripts but its own', async ({ openPage }) => {
    const { page, errors } = await openPage(pageOf(exampleFindings()));
    await page.evaluate(addForeignParts);
    await expect.poll(() => errors.length).toBe(2);
    expect(errors.join('\n')).toMatch(/script-src 'sha256-[^]*default-src 'none'/);
    expect(await page.evaluate<unknown>('globalThis.ran')).toBeUndefined();
  });

  for (const [what, findings] of [
    ['findings', exampleFindings()],
    ['texts that cannot be broken', hostileFindings('x'.repeat(400))],
    ['no findings', cleanFindings()],
  ] as const) {
    test(`page with ${what} is as wide as the screen and readable, light and dark, with everything unfolded`, async ({
      openPage,
    }) => {
      const { page } = await openPage(pageOf(findings));
      await page.evaluate(unfoldAll);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        for (const width of [1200, 390]) {
          await page.setViewportSize({ width, height: 900 });
          const background = await page.evaluate<string>('getComputedStyle(document.body).backgroundColor');
          expect(Math.max(...(background.match(/\d+/g) ?? []).map(Number)) > 128).toBe(colorScheme === 'light');
          expect(await page.evaluate<number>(contentWidth)).toBeLessThanOrEqual(width);
          expect(await page.evaluate<string[]>(faintTexts)).toEqual([]);
        }
      }
    });
  }

  test('page has a language, ordered headings and column headers', async ({ openPage }) => {
    const { page } = await openPage(pageOf(exampleFindings()));
    await expect(page.locator('html')).toHaveAttribute('lang', 'en');
    const levels = await page.evaluate<number[]>(
      `[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => Number(tagName[1]))`,
    );
    expect(levels.every((level, index) => level - (levels[index - 1] ?? 0) <= 1)).toBe(true);
    await expect(page.locator('table:not(:has(thead th[scope="col"])), tbody tr:not(:has(th))')).toHaveCount(0);
  });

  test('page of 500 findings opens, and its filters work', async ({ openPage }) => {
    const { page } = await openPage(pageOf(manyFindings(500)));
    // Without roles: Playwright takes half a minute to find those of so many elements.
    await page.locator('[data-filter="severity"][data-value="minor"]').click();
    await expect(page.locator('[data-finding]:visible')).toHaveCount(100);
  });
});
