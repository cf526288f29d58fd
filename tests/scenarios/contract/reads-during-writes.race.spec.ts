import { needsShownOrder } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';
import type { OrderAnswer } from '../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import type { NeededRow } from '../../../helpers/database/locks/gated-row.ts';

interface Fixtures {
  /** Pays an order while the row that the payment needs is locked, and looks something up meanwhile. */
  payWhileLookingUp: (order: OrderAnswer, row: NeededRow, lookUp: () => Promise<Exchange>) => Promise<void>;
}

const test = base.extend<Fixtures>({
  payWhileLookingUp: async ({ whileInFlight, payOrderUntilSettled, newKey }, use) => {
    await use(async (order, row, lookUp) => {
      const key = newKey();
      const [paid, lookedUp] = await whileInFlight(row, () => payOrderUntilSettled(order, key), lookUp);
      expect(lookedUp.outcome).toBe('ok');
      expect(paid).toBePaid(order);
    });
  },
});

// A value that a cache picked up in the middle of a change must not outlive the change.
// In one worker: while it waits at a gate, the others run other files.
test.describe.configure({ mode: 'default' });

test.describe('reads during writes', { annotation: promise('reads-during-writes-do-not-last') }, () => {
  test(
    'balance read while a payment is in flight is shown as debited afterwards',
    { tag: '@balance' },
    async ({ newOrder, payWhileLookingUp, shopApi, pollBalance }) => {
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });

      await payWhileLookingUp(order, { balanceOf: account }, () => shopApi.getBalance(account.userId));
      expect((await pollBalance(account, 30_000)).balance, 'shown after the payment').toBe(30_000);
    },
  );

  test(
    'product read while a payment is in flight is shown with the remaining stock afterwards',
    { tag: '@stock' },
    async ({ newOrder, payWhileLookingUp, shopApi, pollProduct }) => {
      const { product, order } = await newOrder({ balance: 50_000, price: 10_000, quantity: 2, stock: 10 });

      await payWhileLookingUp(order, { product }, () => shopApi.getProduct(product.productId));
      const left = expectedStock(10, { paid: 2 });
      expect((await pollProduct(product, left)).stock, 'shown after the payment').toBe(left);
    },
  );

  test(
    'order read while its payment is in flight is shown as paid afterwards',
    { tag: '@orders' },
    async ({ newOrder, payWhileLookingUp, shopApi, profile }) => {
      needsShownOrder(profile);
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const { userId } = account;

      await payWhileLookingUp(order, { order }, () => shopApi.getOrder(order.orderId, account));
      const lines = [{ ...product, quantity: 1 }];
      expect(await shopApi.getOrder(order.orderId, account)).toBeOrdered({ userId, lines, status: 'paid' });
    },
  );

  test(
    'balance read while a top-up is in flight is shown with the top-up afterwards',
    { tag: '@balance' },
    async ({ newAccount, whileInFlight, shopApi, pollBalance, newKey }) => {
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charge = topUpOf(20_000, newKey());
      const send = () => shopApi.chargeBalance(userId, charge);

      const [charged] = await whileInFlight(
        { balanceOf: account },
        () => untilSettled(send),
        () => shopApi.getBalance(userId),
      );
      expect(charged.outcome).toBe('ok');
      expect((await pollBalance(account, 25_000)).balance, 'shown after the top-up').toBe(25_000);
    },
  );
});
