import { randomBytes } from 'node:crypto';
import { test as base } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { correctParts } from '../../../../fixtures/shops/reference/correct-parts.ts';
import type { ShopParts } from '../../../../fixtures/shops/reference/shop-parts.ts';
import { loadSettings } from '../../../../helpers/settings/settings.ts';
import { isRecord, parseJson } from '../../../../helpers/text/json.ts';
import { draftTargetHere, type DraftRun } from './draft-target-here.ts';
import { serveDocuments } from '../servers/serve-documents.ts';
import { withShop } from '../servers/with-shop.ts';

/** A part of a document. */
export type Part = Readonly<Record<string, unknown>>;

interface Fixtures {
  /** Drafts a profile of the bundled shop from its document after a change. */
  draftFrom: (change: (document: Part) => unknown, parts?: ShopParts) => Promise<DraftRun>;
}

export const test = base.extend<Fixtures>({
  draftFrom: async ({ baseURL }, use, testInfo) => {
    expect(baseURL).toBeUndefined();
    const { database: server } = loadSettings();
    if (!server) throw new Error('These tests need a database: run them with the bundled shop.');
    await use((change, parts = correctParts) =>
      withShop(parts, `misled-${randomBytes(4).toString('hex')}`, server, async ({ url, database }) => {
        const own = parseJson(await (await fetch(`${url}/docs`)).text());
        const documents = await serveDocuments({ '/docs': JSON.stringify(change(isRecord(own) ? own : {})) });
        try {
          return await draftTargetHere({
            ...{ url, database, openApi: `${documents.url}/docs`, folder: testInfo.outputPath() },
          });
        } finally {
          documents.close();
        }
      }),
    );
  },
});
