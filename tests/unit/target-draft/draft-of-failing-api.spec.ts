import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { correctParts } from '../../../fixtures/shops/reference/correct-parts.ts';
import { loadSettings } from '../../../helpers/settings/settings.ts';
import { draftTargetHere, type DraftRun } from '../support/runs/draft-target-here.ts';
import { startFront, type Change } from '../support/servers/front.ts';
import { withShop } from '../support/servers/with-shop.ts';

/** Drafts a profile of the bundled shop behind a proxy that changes its answers. */
const test = base.extend<{ draftChanged: (change: Change) => Promise<DraftRun> }>({
  draftChanged: async ({ baseURL }, use, testInfo) => {
    expect(baseURL).toBeUndefined();
    const { database: server } = loadSettings();
    if (!server) throw new Error('These tests need a database: run them with the bundled shop.');
    await use((change) =>
      withShop(correctParts, `failing-${randomBytes(4).toString('hex')}`, server, async ({ url, database }) => {
        const front = await startFront(url, change);
        try {
          return await draftTargetHere({
            ...{ url: front.url, database, openApi: `${url}/docs/json`, folder: testInfo.outputPath() },
          });
        } finally {
          front.close();
        }
      }),
    );
  },
});

const internalError = { status: 500, body: '{"code":"E500","message":"Deadlock found"}' };

/** Returns a change that lets all but two of the same requests fail, as bursts of duplicates are. */
const failBursts = (): Change => {
  const counts = new Map<string, number>();
  return ({ method, path, sent }) => {
    const request = `${method} ${path} ${sent}`;
    const count = (counts.get(request) ?? 0) + 1;
    counts.set(request, count);
    return method === 'POST' && count > 2 ? internalError : {};
  };
};

test.describe('draft of an API that fails', () => {
  test.describe.configure({ timeout: 120_000 });

  test('in-flight duplicates of which some are answered 500 prove no policy', async ({ draftChanged }) => {
    const { output, profile, text } = await draftChanged(failBursts());
    expect(output).toContain('! send a payment again while it is in flight: the API failed');
    expect(profile.policies.inFlightDuplicates).toBe('either');
    const why = 'the API failed where duplicates were sent in flight';
    expect(output).toContain(`policies.inFlightDuplicates: 'either' (${why})`);
    expect(text).toContain(`inFlightDuplicates: 'either', // assumed: ${why}`);
  });

  test('refusals that were answered 500, or not at all, are assumed, and only the others seen', async ({
    draftChanged,
  }) => {
    const { output, profile, text } = await draftChanged(({ status }) => (status === 404 ? internalError : {}));
    const why = 'no such refusal was seen';
    for (const reason of ['unknown-order', 'unknown-user', 'unknown-product']) {
      expect(output).toContain(`refusals.${reason}: { status: 404, codes: [] } (${why})`);
      expect(text).toMatch(new RegExp(`// assumed: ${why}\n +'${reason}': { status: 404, codes: \\[\\] }`));
    }
    expect(text).toContain('// seen\n  refusals: {');
    expect(profile.refusals.balance.codes).toEqual(['PAY001']);
    expect(output).not.toContain('refusals.balance:');
    expect(output).toMatch(/refusals\.unknown-order: .*; scenarios that hang on it: .*\.spec\.ts/);
  });

  test('refusals that were seen without amounts are no assumption about amounts', async ({ draftChanged }) => {
    const { output, profile } = await draftChanged(({ status, body }) =>
      status === 409 ? { body: body.replace(/ \([^()]*:[^()]*\)/, '') } : {},
    );
    expect(profile.policies.refusalsStateAmounts).toBe(false);
    expect(output).not.toContain('policies.refusalsStateAmounts');
  });
});
