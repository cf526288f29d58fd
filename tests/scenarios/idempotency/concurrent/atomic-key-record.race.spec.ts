import { needsKeys } from '../../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../../fixtures/not-applicable.ts';
import { expect, test as base } from '../../../../fixtures/test.ts';
import type { Exchange } from '../../../../helpers/api/exchange.ts';
import { settled } from '../../../../helpers/api/settled.ts';
import type { Account } from '../../../../helpers/database/shop-database.ts';
import type { KeyedCall } from '../../../../helpers/profile/tables.ts';

interface Fixtures {
  /**
   * Sends a request while nobody can record a key of its user's, and looks at the tables as it waits for that.
   *
   * @returns the answer, and how the account stood while the request was not answered; undefined if it did not wait.
   */
  whileKeysAreHeld: <Answer>(
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
  whileKeysAreHeld: async ({ besideHeld, shopApi, shopDatabase }, use) => {
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
      return { exchange: await settled(exchange, send), meanwhile };
    });
  },
});

// What is done and that it is done under this key come to the tables together: whatever ends the target in between,
// the same request again does not do it twice.
// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced recorded keys', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    const { paymentsCommit } = profile.policies;
    notApplicableIf(paymentsCommit === 'in-steps', 'payments of this target are not one transaction');
  });

  test(
    'a payment that cannot record its key has not happened yet',
    { tag: '@balance' },
    async ({ newOrder, payOrder, whileKeysAreHeld, catalogue, profile }) => {
      needsKeys(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const key = catalogue.idempotencyKey();
      const untouched = { balances: [50_000], orders: ['pending'], payments: [] };

      const { exchange, meanwhile = untouched } = await whileKeysAreHeld('pay', account, () => payOrder(order, key));
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(untouched);
      expect(exchange).toBePaid(order, { remainingBalance: 30_000 });
    },
  );

  test(
    'an order that cannot record its key is not there yet',
    { tag: '@orders' },
    async ({ newAccount, newProduct, whileKeysAreHeld, shopApi, catalogue, profile }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 50_000 });
      const { userId } = account;
      const product = await newProduct({ price: 10_000, stock: 10 });
      const items = [{ productId: product.productId, quantity: 1 }];
      const idempotencyKey = catalogue.idempotencyKey();
      const untouched = { balances: [50_000], orders: [], payments: [] };

      const { exchange, meanwhile = untouched } = await whileKeysAreHeld('createOrder', account, () =>
        shopApi.createOrder({ userId, items, idempotencyKey }),
      );
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(untouched);
      expect(exchange).toBeOrdered({ userId, lines: [{ ...product, quantity: 1 }] });
    },
  );

  test(
    'a top-up that cannot record its key is not added yet',
    { tag: '@balance' },
    async ({ newAccount, whileKeysAreHeld, shopApi, shopDatabase, catalogue, profile }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 5_000 });
      const charge = { amount: 20_000, idempotencyKey: catalogue.idempotencyKey() };
      const untouched = { balances: [5_000], orders: [], payments: [] };

      const { exchange, meanwhile = untouched } = await whileKeysAreHeld('chargeBalance', account, () =>
        shopApi.chargeBalance(account.userId, charge),
      );
      expect(meanwhile, 'in the tables while the key is not recorded').toEqual(untouched);
      expect(exchange.outcome).toBe('ok');
      expect((await shopDatabase.stateOf([account])).balances).toEqual([25_000]);
    },
  );
});
