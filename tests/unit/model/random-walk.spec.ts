import fc from 'fast-check';
import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { ShopApi } from '../../../helpers/api/shop-api.ts';
import { failedMatcherIn } from '../../../helpers/findings/deviations/failed-matchers.ts';
import { walksOf, type WalkedShop } from '../../../helpers/model/random-walk.ts';
import { ShopModel } from '../../../helpers/model/shop-model.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';

/** Walks until the model is contradicted by a shop that answers everything with one refusal. */
const contradicted = async (): Promise<{ error: Error; exchanges: Exchange[] }> => {
  const exchanges: Exchange[] = [];
  const api = new ShopApi({
    profile: reference,
    transport: {
      send: () =>
        Promise.resolve({ status: 409, headers: {}, body: JSON.stringify({ code: 'P002', message: 'Out of stock' }) }),
    },
    onExchange: (exchange) => exchanges.push(exchange),
  });
  const shop: WalkedShop = {
    ...{
      api,
      users: [{ userId: 1, name: 'Kim', balance: 60_000 }],
      products: [{ productId: 3, name: 'Chair', price: 10_000, stock: 5 }],
    },
    ...{ keyPrefix: 'walk', orders: [], originals: new Map() },
    database: { stateOf: () => Promise.resolve({ balances: [60_000], stock: [5], orders: [], payments: [] }) },
  };
  const [walk] = fc.sample(walksOf(reference), { numRuns: 1, seed: 1 });
  if (!walk) throw new Error('There is no walk.');
  const model = new ShopModel(reference.policies, { balances: [60_000], stock: [5], prices: [10_000] });
  const error = await fc
    .asyncModelRun(() => ({ model, real: shop }), walk)
    .then(
      () => undefined,
      (caught: unknown) => caught,
    );
  if (!(error instanceof Error)) throw new Error('The walk ended as the model predicts.');
  return { error, exchanges };
};

test.describe('random walk', () => {
  test('answer that contradicts the model is noted like one that contradicts a matcher', async () => {
    const { error, exchanges } = await contradicted();
    expect(failedMatcherIn(error.message)).toMatchObject({
      expectation: { of: 'success' },
      problems: ['it should have succeeded'],
      received: [exchanges.at(-1)],
    });
  });
});
