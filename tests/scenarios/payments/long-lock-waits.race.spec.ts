import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';

// Longer than the shortest lock-wait time-out that InnoDB allows: 1 s, checked once a second.
const heldForMs = 2_500;

test.describe(
  'long lock waits',
  { tag: ['@contract', '@balance'], annotation: promise('waiting-requests-answered') },
  () => {
    test('payment while the balance is locked for 2.5 s is paid once the lock is released', async ({
      newOrder,
      payOrderUntilSettled,
      shopDatabase,
      profile,
      burst,
    }) => {
      const { locksAreWaitedForMs = Infinity } = profile.policies;
      notApplicableIf(
        locksAreWaitedForMs < heldForMs,
        'transactions of this target wait for a lock for less than that',
      );
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });

      const answers = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account }, heldForMs },
        [() => payOrderUntilSettled(order)],
      );
      for (const answer of answers) expect(answer).toBePaid(order, { remainingBalance: 30_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000], payments: [20_000] });
    });
  },
);
