import { expect, test } from '@playwright/test';
import { ApiHoldings } from '../../../../helpers/load/audit/api-holdings.ts';
import { fewAtOnce } from '../../../../helpers/load/prepare/few-at-once.ts';
import { loadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { sufficientIterations } from '../../../../helpers/load/plan/sufficient-iterations.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

/** 100 accounts and 8 products that were seen with 1,000 won and 50 pieces each, and hold 900 and 40 since. */
const emptier = () => {
  const asked: string[] = [];
  const api = new ShopApi({
    profile: reference,
    transport: {
      send: ({ path }) => {
        asked.push(path);
        const id = Number(/\d+/.exec(path)?.[0]);
        return Promise.resolve({
          status: 200,
          headers: {},
          body: JSON.stringify({ userId: id, balance: 900, productId: id, name: 'one', price: 100, stock: 40 }),
        });
      },
    },
  });
  const ids = Array.from({ length: 100 }, (_, index) => index + 1);
  const opening = {
    accounts: ids.map((userId) => ({ userId, balance: 1000 })),
    products: ids.slice(0, 8).map((productId) => ({ productId, stock: 50 })),
  };
  return { asked, view: new ApiHoldings(api, opening, () => Promise.resolve()) };
};

test.describe('holdings as the API shows them', () => {
  test('a look asks for a few accounts and products, the next one for others', async () => {
    const { asked, view } = emptier();
    expect(await view.holdings()).toEqual({
      ...{ balanceLowest: 900, balanceTotal: 90 * 1000 + 10 * 900 },
      ...{ stockLowest: 40, stockTotal: 3 * 50 + 5 * 40 },
    });
    expect(asked).toHaveLength(15);
    for (let look = 2; look <= 10; look += 1) await view.holdings();
    expect(asked).toHaveLength(150);
    expect(await view.holdings()).toMatchObject({ balanceTotal: 90_000, stockTotal: 320 });
    expect(new Set(asked).size).toBe(108);
  });

  test('what cannot go on is counted over all of them', async () => {
    const { asked, view } = emptier();
    expect(await view.depletion(901)).toEqual({
      ...{ accountsShort: 100, balanceLowest: 900, productsSoldOut: 0, stockLowest: 40 },
    });
    expect(asked).toHaveLength(108);
  });

  test('a few at once: never more, in order, and none after an error', async () => {
    let [underWay, most, begun] = [0, 0, 0];
    const work = async (item: number): Promise<number> => {
      begun += 1;
      underWay += 1;
      most = Math.max(most, underWay);
      await Promise.resolve();
      underWay -= 1;
      expect(item).not.toBe(20);
      return item * 2;
    };
    expect(await fewAtOnce([1, 2, 3, 4, 5, 6, 7], 3, work)).toEqual([2, 4, 6, 8, 10, 12, 14]);
    expect(most).toBe(3);
    begun = 0;
    await expect(fewAtOnce([20, 1, 1, 1, 1, 1, 1, 1, 1, 1], 2, work)).rejects.toThrow('20');
    expect(begun).toBeLessThan(5);
  });

  test('the iterations for which something suffices are the most of them', async () => {
    const plan = await loadPlan(parseSettings({ SEED: 'off', USER_IDS: '1-2', PRODUCT_IDS: '1-10' }), 1);
    const prices = [new Array<number>(10).fill(50_000)];
    const iterationsOf = (balanceLowest: number, stockLowest: number): number =>
      sufficientIterations(plan, prices, { balanceLowest, stockLowest });
    expect(iterationsOf(1_000_000, 1000)).toBe(20);
    expect(iterationsOf(1_000_000, 5)).toBe(10);
    expect(iterationsOf(49_999, 1000)).toBe(0);
  });
});
