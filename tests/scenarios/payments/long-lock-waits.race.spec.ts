import { expect, test } from '../../../fixtures/test.ts';

// The shortest lock-wait time-out that there is, of one second, has passed by then: InnoDB looks once a second.
const heldForMs = 2_500;

test.describe('forced long waits', { tag: ['@contract', '@balance'] }, () => {
  test('a payment that waits for seconds for its turn is paid all the same', async ({
    newOrder,
    payOrderUntilSettled,
    shopDatabase,
    burst,
  }) => {
    const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });

    const answers = await burst({ accounts: [account], products: [product], gate: { balanceOf: account }, heldForMs }, [
      () => payOrderUntilSettled(order),
    ]);
    for (const answer of answers) expect(answer).toBePaid(order, { remainingBalance: 30_000 });
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [30_000], payments: [20_000] });
  });
});
