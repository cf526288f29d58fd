import fc from 'fast-check';
import {
  needsBalances,
  needsBalanceTakenAtPayment,
  needsDatabase,
  needsTotalsOfLines,
} from '../../../fixtures/needs/needs.ts';
import { needsForgottenRefusals, needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { walksOf } from '../../../helpers/model/random-walk.ts';
import { ShopModel } from '../../../helpers/model/shop-model.ts';

const prices = [10_000, 30_000];

test.describe(
  'random walk',
  { tag: ['@orders', '@idempotency', '@balance', '@stock'], annotation: promise('any-sequence-adds-up') },
  () => {
    test('random sequences of orders, payments, replays, top-ups and cancellations end as the model predicts', async ({
      newAccount,
      newProduct,
      closeLedger,
      shopApi,
      shopDatabase,
      profile,
      settings,
      catalogue,
    }) => {
      needsKeys(profile, 'pay');
      needsForgottenRefusals(profile);
      needsBalances(profile);
      needsTotalsOfLines(profile);
      needsBalanceTakenAtPayment(profile);
      needsDatabase(settings);
      test.setTimeout(180_000);
      const property = fc.asyncProperty(walksOf(profile), async (walk) => {
        const users = [await newAccount({ balance: 60_000 }), await newAccount({ balance: 25_000 })];
        const products = await Promise.all(prices.map((price) => newProduct({ price, stock: 5 })));
        const model = new ShopModel(profile.policies, { balances: [60_000, 25_000], stock: [5, 5], prices });
        const shop = {
          ...{ api: shopApi, database: shopDatabase, users, products, orders: [], originals: new Map() },
          keyPrefix: `walk-${catalogue.digits(12)}`,
        };
        try {
          await fc.asyncModelRun(() => ({ model, real: shop }), walk);
        } catch (error) {
          // The mismatch with the model says more than the ledger problems that follow from it.
          await closeLedger(error instanceof Error ? error : undefined).catch(() => undefined);
          throw error;
        }
        await closeLedger();
      });
      const result = await fc.check(property, {
        seed: settings.randomSeed | 0,
        numRuns: 12,
        // Shrinking repeats the walk, shorter each time: the limit keeps a failing target from running for minutes.
        interruptAfterTimeLimit: 60_000,
      });
      expect(result.failed ? fc.defaultReportMessage(result) : 'every walk ended as the model predicts').toBe(
        'every walk ended as the model predicts',
      );
    });
  },
);
