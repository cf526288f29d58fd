import { needsKeys } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import { lookalikes, withDigits } from '../../helpers/lookalike-keys.ts';

test.describe('keys that look alike', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'pay');
  });

  for (const [difference, one, other] of lookalikes) {
    test(`keys that differ in ${difference} are two keys`, async ({
      newAccount,
      newProduct,
      placeOrder,
      payOrder,
      shopDatabase,
      catalogue,
    }) => {
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const first = await placeOrder(account, { product });
      const second = await placeOrder(account, { product, quantity: 2 });
      const [key, otherKey] = withDigits([one, other], catalogue);

      const ofFirst = await payOrder(first, key);
      const ofSecond = await payOrder(second, otherKey);
      expect(ofFirst).toBePaid(first, { remainingBalance: 90_000 });
      expect(ofSecond).toBePaid(second, { remainingBalance: 70_000 });
      expect(await payOrder(first, key)).toReplay(ofFirst);
      expect(await payOrder(second, otherKey)).toReplay(ofSecond);
      expect((await shopDatabase.stateOf([account])).balances).toEqual([70_000]);
    });
  }
});
