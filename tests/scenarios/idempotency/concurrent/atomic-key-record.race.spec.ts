import { needsKeys } from '../../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../../fixtures/not-applicable.ts';
import { expect, test as base } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/exchange.ts';
import { resendUntilSettled } from '../../../../helpers/api/resend-until-settled.ts';
import type { Account } from '../../../../helpers/database/shop-database.ts';
import type { KeyedCall } from '../../../../helpers/profile/tables.ts';

interface Fixtures {
  /**
   * Sends a request while the key rows of its user are locked, and reads the tables as it waits for them.
   *
   * @returns the answer, and the account's state before the request was answered; undefined if it did not wait.
   */
  whileKeysAreLocked: <Answer>(
    call: KeyedCall,
    account: Account,
    send: () => Promise<Exchange<Answer>>,
  ) => Promise<{ exchange: Exchange<Answer>; meanwhile: AccountState | undefined }>;
}

interface AccountState {
  readonly balances: number[];
  readonly orders: string[];
  readonly payments: number[];
}

const test = base.extend<Fixtures>({
  whileKeysAreLocked: async ({ besideHeld, shopApi, shopDatabase }, use) => {
    await use(async (call, account, send) => {
      const tables = (await shopDatabase.keyRows(account, call)).map(({ table }) => table);
      notApplicableIf(tables.length === 0, 'the profile names no table of such keys');
      let isAnswered = false;
      let meanwhile: AccountState | undefined;
      const [exchange] = await besideHeld(
        { newKey: { userId: account.userId, tables } },
        () =>
          send().finally(() => {
            isAnswered = true;
          }),
        async () => {
          const { balances, orders, payments } = await shopDatabase.stateOf([account]);
          if (!isAnswered) meanwhile = { balances, orders, payments };
          return shopApi.getBalance(account.userId);
        },
      );
      return { exchange: await resendUntilSettled(exchange, send), meanwhile };
    });
  },
});

// A request's effect and the record of its key are committed together, so that a crash in between cannot make a retry
// do it twice.
// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('atomic key record', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    const { paymentsCommit } = profile.policies;
    notApplicableIf(paymentsCommit === 'in-steps', 'payments of this target are not one transaction');
  });

  test(
    'payment moves no money while its key record is locked',
    { tag: '@balance' },
    async ({ newOrder, payOrder, whileKeysAreLocked, catalogue, profile }) => {
      needsKeys(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const key = catalogue.idempotencyKey();
      const untouched = { balances: [50_000], orders: ['pending'], payments: [] };

      const { exchange, meanwhile = untouched } = await whileKeysAreLocked('pay', account, () => payOrder(order, key));
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(untouched);
      expect(exchange).toBePaid(order, { remainingBalance: 30_000 });
    },
  );

  test(
    'order does not exist while its key record is locked',
    { tag: '@orders' },
    async ({ newAccount, newProduct, whileKeysAreLocked, shopApi, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 50_000 });
      const { userId } = account;
      const product = await newProduct({ price: 10_000, stock: 10 });
      const items = [{ productId: product.productId, quantity: 1 }];
      const idempotencyKey = catalogue.idempotencyKey();
      const untouched = { balances: [50_000], orders: [], payments: [] };

      const { exchange, meanwhile = untouched } = await whileKeysAreLocked('createOrder', account, () =>
        shopApi.createOrder({ userId, items, idempotencyKey }),
      );
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(untouched);
      expect(exchange).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
    },
  );

  test(
    'top-up adds nothing while its key record is locked',
    { tag: '@balance' },
    async ({ newAccount, whileKeysAreLocked, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const untouched = { balances: [5_000], orders: [], payments: [] };

      const { exchange, meanwhile = untouched } = await whileKeysAreLocked('chargeBalance', account, () =>
        shopApi.chargeBalance(account.userId, charge),
      );
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(untouched);
      expect(exchange.outcome).toBe('ok');
      expect((await shopDatabase.stateOf([account])).balances).toEqual([25_000]);
    },
  );
});
