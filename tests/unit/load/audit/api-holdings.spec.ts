import { expect, test } from '@playwright/test';
import { ApiHoldings } from '../../../../helpers/load/audit/api-holdings.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';

/** Creates a view of 100 accounts and 8 products: seen with 1,000 won and 50 pieces each, they now hold 900 and 40. */
const emptierHoldings = () => {
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

test.describe('API holdings', () => {
  test('holdings() asks the API for 10 accounts and 5 products, and for others on the next call', async () => {
    const { asked, view } = emptierHoldings();
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

  test('depletion() counts short accounts and sold-out products over all accounts and products', async () => {
    const { asked, view } = emptierHoldings();
    expect(await view.depletion(901)).toEqual({
      ...{ accountsShort: 100, balanceLowest: 900, productsSoldOut: 0, stockLowest: 40 },
    });
    expect(asked).toHaveLength(108);
  });
});
