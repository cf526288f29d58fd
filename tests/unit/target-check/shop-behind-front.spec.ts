import { expect } from '../../../fixtures/expect.ts';
import { applyCorrection } from '../../../helpers/target-check/judge/apply-correction.ts';
import { literal } from '../../../helpers/target-check/judge/misfit.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { misfitsOf, test, titlesOf } from '../support/runs/target-check-test.ts';
import { startDialectFront } from '../support/servers/dialect-front.ts';
import { startFront } from '../support/servers/front.ts';

test.describe('target check of a shop behind a front', () => {
  // Some tests check it twice.
  test.describe.configure({ timeout: 120_000 });

  test('suggestions for a shop with other names and forms make the profile fit', async ({
    shop,
    check,
    countShopRows,
  }) => {
    const before = await countShopRows();
    const front = await startDialectFront(shop.url);
    try {
      const first = await check({ url: front.url });
      expect(first.exitCode, first.output).toBe(1);
      expect(titlesOf(first, 'not-reached')).toEqual([]);

      const suggested = (first.report?.corrections ?? []).reduce(
        (profile, { property, value }) => applyCorrection(profile, { property, value }),
        structuredClone(reference),
      );
      const uncorrected = (first.report?.steps ?? []).flatMap(({ misfits }) =>
        misfits.filter(({ suggestion }) => !/^(?:say|leave out) /.test(suggestion)).map(({ place }) => place?.text),
      );
      expect(uncorrected).toEqual(["path: '/api/products/{productId}'"]);
      const endpoints = `{ ...${literal(suggested.endpoints)}, getProduct: notOffered('no products here') }`;

      const second = await check({ url: front.url, profile: `{ ...${literal(suggested)}, endpoints: ${endpoints} }` });
      expect(second.exitCode, second.output).toBe(0);
      expect(await countShopRows()).toEqual(before);
    } finally {
      front.close();
    }
  });

  test('balance cache is detected with its duration', async ({ shop, check }) => {
    const front = await startDialectFront(shop.url, 1500);
    try {
      const run = await check({ url: front.url });
      const [step] = (run.report?.steps ?? []).filter(({ title }) => title.startsWith('the same balance'));
      expect(step?.misfits.map(({ suggestion }) => suggestion)).toEqual(['say balancesAreCachedForMs: 2000']);
    } finally {
      front.close();
    }
  });

  test('cache of 5 minutes is not waited for, and is a misfit unless the profile declares it', async ({
    shop,
    check,
  }) => {
    const shown = new Map<string, string>();
    const front = await startFront(shop.url, ({ path, status, body }) => {
      if (!path.endsWith('/balance') || status !== 200) return {};
      if (!shown.has(path)) shown.set(path, body);
      return { body: shown.get(path) ?? body };
    });
    try {
      const undeclared = await check({ url: front.url });
      expect(misfitsOf(undeclared)).toEqual([
        expect.stringContaining('the target caches balances: say for how long, or turn the cache off for tests'),
      ]);
      expect(undeclared.output).toContain('waiting for at most 10 s until a changed balance is shown');
      const policies = '{ ...reference.policies, balancesAreCachedForMs: 300_000 }';
      const declared = await check({ url: front.url, profile: `{ ...reference, policies: ${policies} }` });
      expect(misfitsOf(declared)).toEqual([]);
      expect(declared.exitCode, declared.output).toBe(0);
    } finally {
      front.close();
    }
  });

  test('refusals without the required and available amounts are detected', async ({ shop, check }) => {
    const front = await startFront(shop.url, ({ status, body }) =>
      status === 409 ? { body: body.replace(/ \([^()]*:[^()]*\)/, '') } : {},
    );
    try {
      const profile = '{ ...reference, policies: { ...reference.policies, refusalsStateAmounts: true } }';
      const run = await check({ url: front.url, profile });
      const steps = (run.report?.steps ?? []).filter(({ title }) => title.startsWith('be refused: too little'));
      expect(steps.map(({ misfits }) => misfits.map(({ problem, suggestion }) => `${problem}: ${suggestion}`))).toEqual(
        [['the refusal does not state the required and available amount: say refusalsStateAmounts: false'], []],
      );
    } finally {
      front.close();
    }
  });
});
