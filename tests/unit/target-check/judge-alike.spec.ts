import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { variantNamed } from '../../../fixtures/shops/reference/variants/all-variants.ts';
import type { Variant } from '../../../fixtures/shops/reference/variants/variant.ts';
import { loadSettings } from '../../../helpers/settings/settings.ts';
import { wrongIn } from '../support/runs/check-variant.ts';
import { preflightHere } from '../support/runs/preflight-here.ts';
import { runInShops, type NamedShop } from '../support/runs/run-in-shops.ts';
import { checkTargetHere, writeProfile } from '../support/runs/run-target-check.ts';
import { suiteEnvironment } from '../support/runs/suite-environment.ts';
import { withShop } from '../support/servers/with-shop.ts';

/** Scenarios of every area, of what the check may call not applicable: quick ones. */
const scenarios = [
  'payment of another user',
  'payment above the balance is refused for insufficient balance and moves nothing',
  'GET product with an unknown product id',
  'cancellation of a paid order is refused',
  'second cancellation of an order is refused',
  'browser that prefers HTML gets refusals in JSON',
  'GET order and GET balance after a payment show',
  'order of 12 products is paid with their sum',
];

const apart = ['messages-alone', 'refusals-in-plain-text', 'payers-unnamed', 'orders-alone', 'looked-up-in-lists'];

interface Case {
  readonly variant: Variant;
  /** Default: the variant's own. */
  readonly target?: string;
}

/** Starts shops, each on a database of its own, for as long as the work takes. */
const inShops = async <Result>(
  cases: readonly Case[],
  work: (shops: readonly NamedShop[]) => Promise<Result>,
  started: readonly NamedShop[] = [],
): Promise<Result> => {
  const [next, ...others] = cases;
  if (!next) return work(started);
  const { database: server } = loadSettings();
  if (!server) throw new Error('These tests need a database: run them with the bundled shop.');
  const { name, profile = 'reference', apply } = next.variant;
  return withShop(apply(correctParts), `alike-${name}`, server, ({ url, database }) =>
    inShops(others, work, [...started, { name, url, database, target: next.target ?? profile }]),
  );
};

test.describe('target check, preflight and scenarios', () => {
  test.describe.configure({ timeout: 120_000 });

  test('target with fewer calls fits the check, passes the preflight and fails no scenario', async ({
    baseURL,
  }, testInfo) => {
    expect(baseURL).toBeUndefined();
    const none = "notOffered('nobody said')";
    // It says the least, of a shop that offers more.
    const least = await writeProfile(
      testInfo.outputPath('profile.ts'),
      `{ ...reference, name: 'least', endpoints: { ...reference.endpoints, health: ${none}, getBalance: ${none}, chargeBalance: ${none}, getProduct: ${none}, getOrder: ${none}, cancelOrder: ${none} } }`,
    );
    const cases = [
      ...apart.map((name) => ({ variant: variantNamed(name) })),
      { variant: variantNamed('english-messages'), target: least },
    ];
    await inShops(cases, async (shops) => {
      for (const { name, url, database, target } of shops) {
        const place = { folder: testInfo.outputPath(name), url, database };
        const environment = { ...suiteEnvironment(place), TARGET: target };
        expect.soft(wrongIn(await checkTargetHere({ environment, folder: place.folder })), name).toEqual([]);
        expect.soft((await preflightHere(place, { TARGET: target })).said, name).toBe('');
      }
      const options = [`--grep=${scenarios.join('|')}`];
      const ended = await runInShops(shops, options, testInfo.outputPath('run'));
      for (const [name, { passed, skipped, failed }] of ended) {
        expect.soft(failed, name).toEqual([]);
        expect.soft(passed.length, name).toBeGreaterThan(0);
        // That one offers everything, and says less of it.
        expect.soft(skipped.length > 0, name).toBe(name !== 'messages-alone');
      }
    });
  });
});
