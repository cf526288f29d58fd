import { expect, test } from '../../fixtures/test.ts';

/** Pairs of keys that are alike to a careless eye or collation, and yet two keys. */
const lookalikes: readonly (readonly [string, string, string])[] = [
  ['upper and lower case', 'Order-Key-abc', 'Order-Key-ABC'],
  ['a trailing space', 'order-key', 'order-key '],
  ['a leading space', 'order-key', ' order-key'],
  ['an accent', 'cle-e', 'cle-é'],
  ['composed and decomposed accents', 'cl\u00e9', 'cle\u0301'],
  ['the width of letters', 'key-A1', 'key-\uff21\uff11'],
  ['the last of 100 characters', `${'k'.repeat(99)}a`, `${'k'.repeat(99)}b`],
  ['the last of 100 Korean characters', `${'가'.repeat(99)}나`, `${'가'.repeat(99)}다`],
  ['a zero before a number', '0123', '123'],
  ['a tab and a space', 'key\t1', 'key 1'],
];

test.describe('keys at the edges', { tag: '@idempotency' }, () => {
  for (const [difference, one, other] of lookalikes) {
    test(`keys that differ in ${difference} are two keys`, async ({
      newAccount,
      newProduct,
      placeOrder,
      payOrder,
      shopDatabase,
    }) => {
      const account = await newAccount({ balance: 100_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const first = await placeOrder(account, { product });
      const second = await placeOrder(account, { product, quantity: 2 });

      const ofFirst = await payOrder(first, one);
      const ofSecond = await payOrder(second, other);
      expect(ofFirst).toBePaid(first, { remainingBalance: 90_000 });
      expect(ofSecond).toBePaid(second, { remainingBalance: 70_000 });
      expect(await payOrder(first, one)).toReplay(ofFirst);
      expect(await payOrder(second, other)).toReplay(ofSecond);
      expect((await shopDatabase.stateOf([account])).balances).toEqual([70_000]);
    });
  }

  test('keys of one and of 100 characters pay and replay', async ({ newOrder, payOrder, profile }) => {
    for (const key of ['k', 'k'.repeat(profile.policies.key.maxLength), '😀'.repeat(50)]) {
      const { order } = await newOrder({ balance: 10_000, price: 10_000 });
      const original = await payOrder(order, key);
      expect(original).toBePaid(order, { remainingBalance: 0 });
      expect(await payOrder(order, key)).toReplay(original);
    }
  });

  test('keys that differ after a NUL are two keys, or both refused', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrder,
    shopDatabase,
  }) => {
    const account = await newAccount({ balance: 100_000 });
    const product = await newProduct({ price: 10_000, stock: 10 });
    const first = await placeOrder(account, { product });
    const second = await placeOrder(account, { product });

    const outcomes = [await payOrder(first, 'key\0a'), await payOrder(second, 'key\0b')].map(({ outcome }) => outcome);
    const { orders, payments } = await shopDatabase.stateOf([account]);
    expect({ orders, payments }).toEqual(
      outcomes.includes('refused')
        ? { orders: ['pending', 'pending'], payments: [] }
        : { orders: ['paid', 'paid'], payments: [10_000, 10_000] },
    );
  });
});
