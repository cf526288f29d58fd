import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { neededToPay } from '../../../helpers/database/rows/needed-to-pay.ts';

// Longer than the shortest lock-wait time-out that InnoDB allows: 1 s, checked once a second.
const heldForMs = 2_500;

/** Longer than locks and keys are leased for by those who think that a second or two is for ever. */
const leaseMs = 2_200;

test.describe(
  'long lock waits',
  { tag: ['@contract', '@balance'], annotation: promise('waiting-requests-answered') },
  () => {
    test.beforeEach(({ profile }) => {
      const { locksAreWaitedForMs = Infinity } = profile.policies;
      notApplicableIf(
        locksAreWaitedForMs < heldForMs,
        'transactions of this target wait for a lock for less than that',
      );
    });

    test('payment while the balance is locked for 2.5 s is paid once the lock is released', async ({
      newOrder,
      payOrderUntilSettled,
      shopDatabase,
      burst,
    }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });

      const answers = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account }, heldForMs },
        [() => payOrderUntilSettled(order)],
      );
      for (const answer of answers) expect(answer).toBePaid(order, { remainingBalance: 30_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000], payments: [20_000] });
    });

    test(
      'payment sent again once the first one has waited for a lock for over 2 s is charged once',
      { tag: '@idempotency', annotation: promise('concurrent-duplicates-charge-once') },
      async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, newKey, profile, whileInFlight }) => {
        needsKeys(profile, 'pay');
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
        const key = newKey();
        const pay = () => payOrder(order, key);

        const answers = await whileInFlight(neededToPay(profile, account, product), pay, pay, { afterMs: leaseMs });
        for (const answer of answers) expect(answer).toSucceedOrAskAgain();
        expect(await payOrderUntilSettled(order, key)).toBePaid(order);
        expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000], payments: [20_000] });
      },
    );
  },
);
