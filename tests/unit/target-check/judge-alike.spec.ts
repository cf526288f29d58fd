import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import { loadSettings } from '../../../helpers/settings/settings.ts';
import { checkVariant, wrongIn } from '../support/check-variant.ts';
import { writeProfile } from '../support/run-target-check.ts';
import { runSuite, type SuiteOutcome } from '../support/run-suite.ts';
import { withShop } from '../support/with-shop.ts';

/** Scenarios of every family, of what the check may call not applicable: quick ones. */
const scenarios = [
  'payment of another user',
  'payment above the balance is refused for insufficient balance and moves nothing',
  'GET product with an unknown product id',
  'cancellation of a paid order is refused',
  'second cancellation of an order is refused',
  'browser that prefers HTML gets refusals in JSON',
  'payment, order and GET are answered',
  'order of 12 products is paid with their sum',
];

/** Runs the preflight and these scenarios on a variant, as users do. */
const runOn = (name: string, target: string, folder: string): Promise<SuiteOutcome> => {
  const { database } = loadSettings();
  if (!database) throw new Error('These tests need a database: run them with the bundled shop.');
  const { apply } = variantNamed(name);
  return withShop(apply(correctParts), `alike-${name}`, database, ({ url, database: own }) =>
    runSuite({
      ...{ folder, url, database: own, settings: { TARGET: target } },
      options: ['--project=scenarios', '--reporter=line', `--grep=${scenarios.join('|')}`],
    }),
  );
};

test.describe('check and scenarios', () => {
  test.describe.configure({ timeout: 120_000 });

  for (const name of [
    'messages-alone',
    'refusals-in-plain-text',
    'payers-unnamed',
    'orders-alone',
    'looked-up-in-lists',
  ]) {
    test(`${name} fits in the check, passes the preflight, and no scenario that does not apply is red`, async ({
      baseURL,
    }, testInfo) => {
      expect(baseURL).toBeUndefined();
      const variant = variantNamed(name);
      expect(wrongIn(await checkVariant(variant, testInfo))).toEqual([]);
      const { exitCode, terminal } = await runOn(name, variant.profile ?? 'reference', testInfo.outputPath('run'));
      expect(exitCode, terminal).toBe(0);
      expect(terminal).toMatch(/\d+ skipped/);
      expect(terminal).not.toContain('BLOCKED');
    });
  }

  test('profile that says the least, on a shop that offers more, is not blocked either', async ({
    baseURL,
  }, testInfo) => {
    expect(baseURL).toBeUndefined();
    const none = "notOffered('nobody said')";
    const target = await writeProfile(
      testInfo.outputPath('profile.ts'),
      `{ ...reference, name: 'least', endpoints: { ...reference.endpoints, health: ${none}, getBalance: ${none}, chargeBalance: ${none}, getProduct: ${none}, getOrder: ${none}, cancelOrder: ${none} } }`,
    );
    const run = await checkVariant({ ...variantNamed('english-messages'), profile: target }, testInfo);
    expect(wrongIn(run)).toEqual([]);
    const { exitCode, terminal } = await runOn('english-messages', target, testInfo.outputPath('run'));
    expect(exitCode, terminal).toBe(0);
    expect(terminal).not.toContain('BLOCKED');
  });
});
