import { needsShownOrder } from '../../../fixtures/needs.ts';
import { expect, test as base } from '../../../fixtures/test.ts';
import type { OrderAnswer } from '../../../helpers/api/answers.ts';
import type { Exchange } from '../../../helpers/api/exchange.ts';
import { expectedStock } from '../../../helpers/ledger/expected-stock.ts';
import type { NeededRow } from '../../../helpers/database/gated-row.ts';
import { settled } from '../../../helpers/api/settled.ts';

interface Fixtures {
  /** Pays an order that something holds back, and looks something up meanwhile. */
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

// What a cache keeps of a look in the midst of a change must not outlive the change.
// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced look-ups', () => {
  test(
    'a balance that is looked up while a payment waits for it is shown as paid afterwards',
    { tag: '@balance' },
    async ({ newOrder, payWhileLookingUp, shopApi, shownBalanceOf }) => {
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });

      await payWhileLookingUp(order, { balanceOf: account }, () => shopApi.getBalance(account.userId));
      expect((await shownBalanceOf(account, 30_000)).balance, 'shown after the payment').toBe(30_000);
    },
  );

  test(
    'a product that is looked up while a payment waits for it is shown with what is left afterwards',
    { tag: '@stock' },
    async ({ newOrder, payWhileLookingUp, shopApi, shownProductOf }) => {
      const { product, order } = await newOrder({ balance: 50_000, price: 10_000, quantity: 2, stock: 10 });

      await payWhileLookingUp(order, { product }, () => shopApi.getProduct(product.productId));
      const left = expectedStock(10, { paid: 2 });
      expect((await shownProductOf(product, left)).stock, 'shown after the payment').toBe(left);
    },
  );

  test(
    'an order that is looked up while its payment waits is shown as paid afterwards',
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
    'a balance that is looked up while a top-up waits for it is shown with it afterwards',
    { tag: '@balance' },
    async ({ newAccount, besideHeld, shopApi, shownBalanceOf, catalogue }) => {
      const account = await newAccount({ balance: 5_000 });
      const { userId } = account;
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const send = () => shopApi.chargeBalance(userId, charge);

      const [charged] = await besideHeld(
        { balanceOf: account },
        async () => settled(await send(), send),
        () => shopApi.getBalance(userId),
      );
      expect(charged.outcome).toBe('ok');
      expect((await shownBalanceOf(account, 25_000)).balance, 'shown after the top-up').toBe(25_000);
    },
  );
});
