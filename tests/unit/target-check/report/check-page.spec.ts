import { expect } from '@playwright/test';
import { checkPage } from '../../../../helpers/target-check/report/check-page.ts';
import type { CheckReport } from '../../../../helpers/target-check/report/step-report.ts';
import { hostileTexts } from '../../support/examples/example-load-summary.ts';
import { faintTexts } from '../../support/outputs/page-in-browser.ts';
import { test } from '../../support/outputs/browser-test.ts';

const exchange = {
  request: 'POST /v1/orders',
  requestBody: '{"customer_id":101}',
  outcome: '201 with a malformed body',
  answerBody: '{"data":{"id":1}}',
  durationMs: 14,
};

const example = (answerBody = exchange.answerBody): CheckReport => ({
  target: 'my-shop',
  profile: 'helpers/profile/targets/my-shop.ts',
  baseUrl: 'http://localhost:8080',
  database: '127.0.0.1:3306/shop',
  steps: [
    {
      number: 1,
      title: 'reach the API',
      outcome: 'fits',
      exchanges: [exchange],
      misfits: [],
      failures: [],
      notes: ['up'],
    },
    {
      number: 2,
      title: 'create an order',
      outcome: 'misfit',
      exchanges: [{ ...exchange, answerBody }],
      misfits: [
        {
          problem: 'the answer has `data.id`, not `orderId`',
          suggestion: "say orderId: 'data.id'",
          place: { file: 'helpers/profile/targets/my-shop.ts', line: 15, text: "orderId: 'orderId'" },
        },
      ],
      failures: [],
      notes: [],
    },
    {
      number: 3,
      title: 'pay the order',
      outcome: 'failed',
      exchanges: [],
      misfits: [],
      failures: [{ sentence: 'the API failed: 500', kind: 'server-error' }],
      notes: [],
    },
    {
      number: 4,
      title: 'top up',
      outcome: 'not-applicable',
      why: 'no such call',
      exchanges: [],
      misfits: [],
      failures: [],
      notes: [],
    },
  ],
  misfits: 1,
  failures: 1,
  corrections: [],
  interrupted: false,
});

test.describe('check page', () => {
  test('page shows verdict, misfit with its line and suggestion, request and answer', async ({ openPage }) => {
    const { page, errors, requests } = await openPage(checkPage(example()));
    await expect(page.locator('.verdict strong')).toHaveText('MISFITS');
    const [misfit, order] = [page.locator('.misfit').first(), page.locator('details[open]').first()];
    await expect(misfit).toContainText('helpers/profile/targets/my-shop.ts:15');
    await expect(misfit).toContainText("say orderId: 'data.id'");
    await expect(order).toContainText('POST /v1/orders');
    await expect(page.locator('details[open]')).toHaveCount(2);
    await expect(page.locator('.figures > div')).toHaveCount(5);
    expect([...errors, ...requests]).toEqual([]);
  });

  for (const scheme of ['light', 'dark'] as const) {
    test(`page is readable on a phone in ${scheme} colours`, async ({ openPage }, testInfo) => {
      const { page } = await openPage(checkPage(example()), { width: 390, scheme });
      expect(await page.evaluate('document.scrollingElement.scrollWidth')).toBeLessThanOrEqual(390);
      expect(await page.evaluate(faintTexts)).toEqual([]);
      await page.screenshot({ path: testInfo.outputPath('page.png'), fullPage: true });
    });
  }

  test('suggestions are applied by --write where one of them names a value', () => {
    const correction = { property: ['endpoints', 'createOrder', 'answer', 'orderId'], value: 'data.id' };
    expect(checkPage(example())).not.toContain('--write');
    expect(checkPage({ ...example(), corrections: [correction] })).toContain('--write');
  });

  test('hostile answer is shown as text and runs nothing', async ({ openPage }) => {
    const hostile = Object.values(hostileTexts).join(' ');
    const { page, errors, requests } = await openPage(checkPage(example(hostile)));
    expect(await page.evaluate('window.ran')).toBeUndefined();
    await expect(page.locator('script, img, iframe')).toHaveCount(0);
    expect([...errors, ...requests]).toEqual([]);
  });
});
