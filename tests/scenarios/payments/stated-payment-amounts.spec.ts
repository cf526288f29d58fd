import { needsPaymentAmount } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';

test.describe('stated payment amounts', { tag: '@balance', annotation: promise('stated-amount-must-match') }, () => {
  test.beforeEach(({ profile }) => {
    needsPaymentAmount(profile);
  });

  for (const { title, balance, lines, wrong, total } of [
    {
      title: 'stated amount 1 won off a large total is refused, the exact total pays and replays',
      balance: 9_000_000_000_003,
      lines: [{ price: 4_222_222_223, quantity: 3 }],
      wrong: [12_666_666_668, 12_666_666_670],
      total: 12_666_666_669,
    },
    {
      title: 'stated amount of one of 2 lines is refused, their sum pays and replays',
      balance: 100_000,
      lines: [
        { price: 10_000, quantity: 2 },
        { price: 5_000, quantity: 1 },
      ],
      wrong: [20_000, 5_000],
      total: 25_000,
    },
  ]) {
    test(title, async ({ newAccount, newProduct, placeOrder, payOrder, shopDatabase, newKey }) => {
      const account = await newAccount({ balance });
      const ordered = [];
      for (const { price, quantity } of lines) {
        ordered.push({ product: await newProduct({ price, stock: 10 }), quantity });
      }
      const order = await placeOrder(account, ...ordered);
      for (const amount of wrong) expect(await payOrder(order, newKey(), { amount })).toBeRefusedFor('invalid-input');
      const key = newKey();
      const paid = await payOrder(order, key, { amount: total });
      expect(paid).toBePaid(order, { remainingBalance: balance - total });
      expect(await payOrder(order, key, { amount: total })).toReplay(paid);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ payments: [total] });
    });
  }

  test(
    'stated amount at the new price of a product is refused, the order-time total pays and replays',
    { annotation: promise('order-keeps-its-price') },
    async ({ newOrder, payOrder, shopDatabase, newKey }) => {
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000, quantity: 2 });

      await test.step('the product now costs 45,000 won', () => shopDatabase.setPrice(product, 45_000));

      expect(await payOrder(order, newKey(), { amount: 90_000 })).toBeRefusedFor('invalid-input');
      const key = newKey();
      const paid = await payOrder(order, key, { amount: 20_000 });
      expect(paid).toBePaid(order, { remainingBalance: 80_000 });
      expect(await payOrder(order, key, { amount: 20_000 })).toReplay(paid);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [80_000] });
    },
  );
});
