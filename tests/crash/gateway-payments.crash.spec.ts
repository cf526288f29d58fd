import { test } from '../../fixtures/crash/crash-test.ts';
import { needsKeys } from '../../fixtures/needs/needs-keys.ts';
import { promise } from '../../fixtures/promises/promise.ts';

// What the gateway has charged is compared with the payments when the ledger is closed.
test.describe(
  'payments that wait for their gateway when the API crashes',
  { tag: ['@idempotency', '@balance', '@stock'], annotation: promise('crash-leaves-no-half') },
  () => {
    for (const [behaviour, circumstance] of [
      ['timesOut', 'has charged and not answered'],
      ['answersLate', 'has not charged yet'],
    ] as const) {
      test(`payment whose gateway ${circumstance} when the API is killed is settled once by its retries`, async ({
        gatewayThat,
        newOrder,
        shopDatabase,
        newKey,
        profile,
        crashes,
        expectPaidOrDeclined,
      }) => {
        const { price, pay, untilQuiet } = gatewayThat(behaviour);
        needsKeys(profile, 'pay');
        const { account, product, order } = await newOrder({ balance: 100_000, price, stock: 10 });
        const key = newKey();

        await crashes.onceBegun(
          (api) => pay(order, key, api),
          async () => (await shopDatabase.stateOf([account])).balances[0] !== 100_000,
        );
        const settled = await crashes.settled(() => pay(order, key));
        await expectPaidOrDeclined({ account, product, order }, settled, untilQuiet);
      });
    }
  },
);
