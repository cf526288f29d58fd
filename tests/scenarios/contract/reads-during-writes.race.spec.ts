import { needsShownOrder } from '../../../fixtures/needs.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import type { OrderAnswer } from '../../../helpers/api/answers.ts';
import type { Exchange } from '../../../helpers/api/exchange.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import type { NeededRow } from '../../../helpers/database/gated-row.ts';
import { resendUntilSettled } from '../../../helpers/api/resend-until-settled.ts';

interface Fixtures {
  /** Pays an order while the row that the payment needs is locked, and looks something up meanwhile. */
  payWhileLookingUp: (order: OrderAnswer, row: NeededRow, lookUp: () => Promise<Exchange>) => Promise<void>;
}

const test = base.extend<Fixtures>({
  payWhileLookingUp: async ({ besideHeld, payOrderUntilSettled, catalogue }, use) => {
    await use(async (order, row, lookUp) => {
      const key = catalogue.idempotencyKey();
      const [paid, lookedUp] = await besideHeld(row, () => payOrderUntilSettled(order, key), lookUp);
      expect(lookedUp.outcome).toBe('ok');
      expect(paid).toBePaid(order);
    });
  },
});

// A value that a cache picked up in the middle of a change must not outlive the change.
// In one worker: while it waits at a gate, the others run other files.
test.describe.configure({ mode: 'default' });

test.describe('reads during writes', () => {
  test(
    'balance read while a payment is in flight is shown as debited afterwards',
    { tag: '@balance' },
    async ({ newOrder, payWhileLookingUp, shopApi, shownBalanceOf }) => {
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });

      await payWhileLookingUp(order, { balanceOf: account }, () => shopApi.getBalance(account.userId));
      expect((await shownBalanceOf(account, 30_000)).balance, 'shown after the payment').toBe(30_000);
    },
  );

  test(
    'product read while a payment is in flight is shown with the remaining stock afterwards',
    { tag: '@stock' },
    async ({ newOrder, payWhileLookingUp, shopApi, shownProductOf }) => {
      const { product, order } = await newOrder({ balance: 50_000, price: 10_000, quantity: 2, stock: 10 });

      await payWhileLookingUp(order, { product }, () => shopApi.getProduct(product.productId));
      const left = expectedStock(10, { paid: 2 });
      expect((await shownProductOf(product, left)).stock, 'shown after the payment').toBe(left);
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
    async ({ newAccount, besideHeld, shopApi, shownBalanceOf, catalogue }) => {
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.chargeBalance(userId, charge);

      const [charged] = await besideHeld(
        { balanceOf: account },
        async () => resendUntilSettled(await send(), send),
        () => shopApi.getBalance(userId),
      );
      expect(charged.outcome).toBe('ok');
      expect((await shownBalanceOf(account, 25_000)).balance, 'shown after the top-up').toBe(25_000);
    },
  );
});
