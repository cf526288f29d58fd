import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';
import type { ChargeAnswer } from '../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';
import type { ShopApi } from '../../../helpers/api/shop-api.ts';
import type { Account, Product } from '../../../helpers/database/rows/own-rows.ts';
import { refusalProblems } from '../../../helpers/matchers/to-be-refused-for.ts';

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

const amount = 1_000;

const saysUserUnknown = (exchange: Exchange): boolean => refusalProblems(exchange, ['unknown-user']).length === 0;

/**
 * Expects that each top-up was added to what the others added, or that none was. A target that gives every user a
 * balance from the start may say that a user without one is unknown, but then to every request.
 *
 * @returns the balance that is due; none for an unknown user
 */
function expectAllAddedOrUserUnknown(answers: readonly Exchange<ChargeAnswer>[]): number[] {
  if (answers.every(saysUserUnknown)) return [];
  const balances = answers.map((answer) => requireAnswer(answer).balance);
  expect(balances.toSorted((one, other) => one - other)).toEqual(balances.map((_, nth) => (nth + 1) * amount));
  return [answers.length * amount];
}

/** Returns the refusal of the order where it is refused already, else the answer to its payment. */
async function orderAndPay(api: ShopApi, user: Account, product: Product, key: string): Promise<Exchange> {
  const ordered = await api.createOrder(orderOf(user, product));
  return ordered.answer ? api.pay(ordered.answer.orderId, paymentBy(user, key)) : ordered;
}

test.describe('first use of a balance', { tag: '@balance' }, () => {
  test(
    'GET balance of a user without a balance row answers 0, or top-ups too refuse the user as unknown',
    { annotation: promise('unused-balance-is-zero') },
    async ({ newAccountWithoutBalance, shopApi, newKey }) => {
      const { userId } = await newAccountWithoutBalance();
      const shown = await shopApi.getBalance(userId);
      const isUnknown = saysUserUnknown(shown);
      expect(
        isUnknown || requireAnswer(shown).balance === 0,
        'a user without a row has neither a balance of 0 nor is unknown',
      ).toBe(true);

      for (const api of [shopApi].filter((one) => isUnknown && one.offers('chargeBalance'))) {
        expect(await api.chargeBalance(userId, topUpOf(amount, newKey()))).toBeRefusedFor('unknown-user');
      }
    },
  );

  test(
    'payment by a user without a balance row is refused for insufficient balance and moves nothing',
    { tag: '@stock', annotation: promise('no-payment-beyond-balance', 'refusal-moves-nothing') },
    async ({ newAccountWithoutBalance, newProduct, shopApi, shopDatabase, newKey }) => {
      const account = await newAccountWithoutBalance();
      const product = await newProduct({ price: 10_000, stock: 5 });
      const refused = await orderAndPay(shopApi, account, product, newKey());
      expect(refused).toBeRefusedFor(['balance', 'unknown-user']);
      // Its order may hold stock until it is cancelled, which the ledger knows.
      expect(await shopDatabase.stateOf([account])).toMatchObject({ payments: [] });
    },
  );

  for (const [count, topUps, promised] of [
    [1, 'top-up of a user without a balance row is added', 'top-up-added-exactly'],
    [12, '12 concurrent top-ups of a user without a balance row are all added', 'concurrent-top-ups-all-added'],
  ] as const) {
    test(
      topUps,
      { annotation: promise(promised) },
      async ({ newAccountWithoutBalance, shopApi, shopDatabase, newKey, burst }) => {
        const account = await newAccountWithoutBalance();
        const answers = await burst(
          { gate: { user: account } },
          Array.from({ length: count }, () => async () => {
            const topUp = topUpOf(amount, newKey());
            return untilSettled(() => shopApi.chargeBalance(account.userId, topUp));
          }),
        );
        const due = expectAllAddedOrUserUnknown(answers);
        const { accounts } = await shopDatabase.ledger([account], []);
        expect(
          accounts.map(({ balance }) => balance),
          'balances',
        ).toEqual(due);
      },
    );
  }
});
