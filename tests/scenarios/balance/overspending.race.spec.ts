import { needsBalanceTakenAtPayment } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { untilSettled } from '../../../fixtures/races/until-settled.ts';
import type { ChargeAnswer, PaymentAnswer } from '../../../helpers/api/answers/answers.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

// Runs in one worker, so that the others stay busy while this one waits at a gate.
test.describe.configure({ mode: 'default' });

/** In steps, a payment may answer the balance after the debits of others that are not complete yet: that is left out. */
const balancesAnsweredIn = (answers: readonly Exchange<PaymentAnswer>[], { policies }: TargetProfile): number[] =>
  policies.paymentsCommit === 'at-once' ? answers.flatMap(({ answer }) => answer?.remainingBalance ?? []) : [];

test.describe('overspending race', { tag: '@balance' }, () => {
  for (const affordable of [1, 5]) {
    test(
      `10 concurrent payments from a balance that covers ${affordable}: exactly ${affordable} paid`,
      { annotation: promise('balance-never-overspent') },
      async ({ newOrders, payOrderUntilSettled, shopDatabase, burst }) => {
        const { account, product, orders } = await newOrders(10, {
          balance: affordable * 10_000 + 5_000,
          price: 10_000,
        });

        const answers = await burst(
          { accounts: [account], products: [product], gate: { balanceOf: account } },
          orders.map((order) => () => payOrderUntilSettled(order)),
        );
        const refused = answers.filter(({ outcome }) => outcome !== 'ok');
        expect(answers).toHaveOutcomes({ ok: affordable, balance: 10 - affordable });
        for (const refusal of refused) expect(refusal).toBeRefusedFor('balance', { required: 10_000 });
        const { balances, payments } = await shopDatabase.stateOf([account]);
        expect({ balances, payments: payments.length }).toEqual({ balances: [5_000], payments: affordable });
      },
    );
  }

  test(
    '10 concurrent affordable payments of one user are all debited, with no lost update',
    { annotation: promise('concurrent-payments-all-debited') },
    async ({ newOrders, payOrderUntilSettled, shopDatabase, burst, profile }) => {
      needsBalanceTakenAtPayment(profile);
      const { account, product, orders } = await newOrders(10, { balance: 200_000, price: 10_000 });

      const answers = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account } },
        orders.map((order) => () => payOrderUntilSettled(order)),
      );
      expect(answers).toHaveOutcomes({ ok: 10 });
      const balancesAnswered = balancesAnsweredIn(answers, profile);
      expect(balancesAnswered, 'each payment answers a different balance').toEqual([...new Set(balancesAnswered)]);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [100_000], stock: [90] });
    },
  );

  test(
    '5 payments concurrent with 5 top-ups of one user add up, with no lost update',
    { annotation: promise('concurrent-payments-all-debited', 'concurrent-top-ups-all-added') },
    async ({ newOrders, payOrderUntilSettled, shopApi, shopDatabase, newKey, burst, profile }) => {
      needsBalanceTakenAtPayment(profile);
      const { account, orders } = await newOrders(5, { balance: 100_000, price: 10_000 });
      const { userId } = account;

      const answers = await burst<PaymentAnswer | ChargeAnswer>({ gate: { balanceOf: account } }, [
        ...orders.map((order) => () => payOrderUntilSettled(order)),
        ...Array.from({ length: 5 }, () => async () => {
          const charge = topUpOf(3_000, newKey());
          return untilSettled(() => shopApi.chargeBalance(userId, charge));
        }),
      ]);
      expect(answers).toHaveOutcomes({ ok: 10 });
      const balancesAnswered = answers.flatMap(({ answer }) => {
        if (!answer) return [];
        return 'balance' in answer ? answer.balance : (answer.remainingBalance ?? []);
      });
      // With these amounts, the balance after each step is a different one, whatever the order of the steps.
      expect(balancesAnswered, 'each payment and top-up answers a different balance').toEqual([
        ...new Set(balancesAnswered),
      ]);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [65_000] });
    },
  );
});
