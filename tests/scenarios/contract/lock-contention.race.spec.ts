import { concurrently } from '../../../fixtures/races/concurrently.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { oneByOne } from '../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';

// More than a connection pool holds: 10 (HikariCP) to 50.
const duplicateCount = 60;

// In one worker: while it waits at a gate, the others run other files.
test.describe.configure({ mode: 'default' });

test.describe('lock contention', { tag: '@contract', annotation: promise('waiting-requests-answered') }, () => {
  for (const held of ['first', 'second'] as const) {
    test(
      `8 concurrent payments of 2 products in opposite order all succeed while the ${held} product is locked`,
      { tag: '@stock' },
      async ({ holdsAtOnce, newAccount, newProduct, placeOrder, payOrderUntilSettled, shopDatabase, burst }) => {
        holdsAtOnce({ accounts: 8 });
        const chair = await newProduct({ price: 10_000, stock: 100 });
        const lamp = await newProduct({ price: 10_000, stock: 100 });
        const buyers = await concurrently(8, () => newAccount({ balance: 50_000 }));
        const orders = await oneByOne(buyers, (buyer) => {
          const [one, other] = buyers.indexOf(buyer) % 2 === 0 ? [chair, lamp] : [lamp, chair];
          return placeOrder(buyer, { product: one }, { product: other });
        });

        const answers = await burst(
          { accounts: buyers, products: [chair, lamp], gate: { product: { first: chair, second: lamp }[held] } },
          orders.map((order) => () => payOrderUntilSettled(order)),
        );
        expect(answers).toHaveOutcomes({ ok: 8 });
        expect(await shopDatabase.stateOf([], [chair, lamp])).toMatchObject({ stock: [92, 92] });
      },
    );
  }

  test(
    '8 concurrent orders of 2 products in opposite order all succeed',
    { tag: '@orders' },
    async ({ holdsAtOnce, newAccount, newProduct, shopApi, shopDatabase, newKey, burst }) => {
      holdsAtOnce({ accounts: 8 });
      const chair = await newProduct({ price: 10_000, stock: 100 });
      const lamp = await newProduct({ price: 10_000, stock: 100 });
      const buyers = await concurrently(8, () => newAccount({ balance: 50_000 }));

      const answers = await burst(
        { accounts: buyers, products: [chair, lamp], gate: { product: chair } },
        buyers.map((buyer, nth) => {
          const products = nth % 2 === 0 ? [chair, lamp] : [lamp, chair];
          const lines = products.map((product) => ({ ...product, quantity: 1 }));
          const request = orderOfLines(buyer, lines, { idempotencyKey: newKey() });
          return () => untilSettled(() => shopApi.createOrder(request));
        }),
      );
      expect(answers).toHaveOutcomes({ ok: 8 });
      expect(await shopDatabase.stateOf(buyers)).toMatchObject({ orders: Array.from({ length: 8 }, () => 'pending') });
    },
  );

  test('6 concurrent payments of one account all succeed while its balance is locked', async ({
    holdsAtOnce,
    newAccount,
    newProduct,
    placeOrder,
    payOrderUntilSettled,
    shopDatabase,
    burst,
  }) => {
    holdsAtOnce({ products: 6 });
    const account = await newAccount({ balance: 100_000 });
    const products = await concurrently(6, () => newProduct({ price: 10_000, stock: 10 }));
    const orders = await oneByOne(products, (product) => placeOrder(account, { product }));

    const answers = await burst(
      { accounts: [account], products, gate: { balanceOf: account } },
      orders.map((order) => () => payOrderUntilSettled(order)),
    );
    expect(answers).toHaveOutcomes({ ok: 6 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [40_000] });
  });

  test(
    `${duplicateCount} concurrent duplicates of a payment are all answered and charged once`,
    { tag: '@idempotency', annotation: promise('concurrent-duplicates-charge-once') },
    async ({ newOrder, payOrderUntilSettled, shopDatabase, profile, newKey, burst }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
      const key = newKey();

      const answers = await burst(
        { accounts: [account], products: [product], gate: { order } },
        Array.from({ length: duplicateCount }, () => () => payOrderUntilSettled(order, key)),
      );
      expect(answers).toBeOnePayment(order);
      expect(answers).toHaveOutcomes({ ok: duplicateCount });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [90_000] });
    },
  );
});
