import { needsCancellation } from '../../../../fixtures/needs/needs.ts';
import { oneByOne } from '../../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';

const ten = Array.from({ length: 10 }, (_, nth) => nth);

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe(
  'concurrent payments that the gateway declines',
  { tag: ['@balance', '@stock'], annotation: promise('concurrent-declines-give-all-back') },
  () => {
    test('10 concurrent payments of one user that the gateway declines give all money and stock back', async ({
      gatewayThat,
      holdsAtOnce,
      newAccount,
      newProduct,
      placeOrder,
      shopDatabase,
      burst,
    }) => {
      const { price, payUntilSettled } = gatewayThat('declines');
      holdsAtOnce({ products: ten.length });
      const account = await newAccount({ balance: 1_000_000 });
      // A product each: they meet at the balance, and nowhere before.
      const products = await oneByOne(ten, () => newProduct({ price, stock: 10 }));
      const orders = await oneByOne(products, (product) => placeOrder(account, { product }));
      const before = await shopDatabase.stateOf([account], products);

      const answers = await burst(
        { accounts: [account], products, gate: { balanceOf: account }, locksAgain: true },
        orders.map((order) => () => payUntilSettled(order)),
      );
      expect(answers).toHaveOutcomes({ declined: 10 });
      expect(await shopDatabase.stateOf([account], products)).toEqual(before);
    });

    test('10 concurrent payments for one product that the gateway declines give all stock and money back', async ({
      gatewayThat,
      holdsAtOnce,
      newAccount,
      newProduct,
      placeOrder,
      shopDatabase,
      burst,
    }) => {
      const { price, payUntilSettled } = gatewayThat('declines');
      holdsAtOnce({ accounts: ten.length });
      const product = await newProduct({ price, stock: 10 });
      const accounts = await oneByOne(ten, () => newAccount({ balance: 100_000 }));
      const orders = await oneByOne(accounts, (account) => placeOrder(account, { product }));
      const before = await shopDatabase.stateOf(accounts, [product]);

      const answers = await burst(
        { accounts, products: [product], gate: { product }, locksAgain: true },
        orders.map((order) => () => payUntilSettled(order)),
      );
      expect(answers).toHaveOutcomes({ declined: 10 });
      expect(await shopDatabase.stateOf(accounts, [product])).toEqual(before);
    });

    test('4 declined and 4 approved payments concurrent with 4 top-ups of one user add up, with no lost update', async ({
      gatewayThat,
      holdsAtOnce,
      newAccount,
      newProduct,
      placeOrder,
      payOrderUntilSettled,
      shopApi,
      shopDatabase,
      newKey,
      burst,
    }) => {
      const { price, payUntilSettled } = gatewayThat('declines');
      const four = ten.slice(0, 4);
      holdsAtOnce({ products: 2 * four.length });
      const account = await newAccount({ balance: 500_000 });
      const ordersAt = (won: number) =>
        oneByOne(four, async () => placeOrder(account, { product: await newProduct({ price: won, stock: 10 }) }));
      const declined = await ordersAt(price);
      const approved = await ordersAt(10_000);

      const answers = await burst<unknown>({ accounts: [], gate: { balanceOf: account }, locksAgain: true }, [
        ...declined.map((order) => () => payUntilSettled(order)),
        ...approved.map((order) => () => payOrderUntilSettled(order)),
        ...four.map(() => {
          const charge = topUpOf(3_000, newKey());
          return () => untilSettled(() => shopApi.chargeBalance(account.userId, charge));
        }),
      ]);
      expect(answers).toHaveOutcomes({ ok: 8, declined: 4 });
      const { balances, payments } = await shopDatabase.stateOf([account]);
      expect({ balances, payments }).toEqual({
        balances: [500_000 - 4 * 10_000 + 4 * 3_000],
        payments: [10_000, 10_000, 10_000, 10_000],
      });
    });

    test('cancellation of an order concurrent with its declined payment gives money and stock back once', async ({
      gatewayThat,
      newOrder,
      shopApi,
      shopDatabase,
      burst,
      profile,
    }) => {
      const { price, payUntilSettled } = gatewayThat('declines');
      needsCancellation(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });

      const [paid, cancelled] = await burst<unknown>(
        { accounts: [account], products: [product], gate: { order }, locksAgain: true },
        [() => payUntilSettled(order), () => untilSettled(() => shopApi.cancelOrder(order.orderId, account))],
      );
      expect(paid?.refusal?.reason).toMatch(/^(declined|order-state)$/);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toMatchObject({
        ...{ balances: [100_000], stock: [10], payments: [] },
        orders: [cancelled?.outcome === 'ok' ? 'cancelled' : 'pending'],
      });
    });
  },
);
