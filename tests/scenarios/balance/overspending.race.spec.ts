import { expect, test } from '../../../fixtures/test.ts';
import type { ChargeAnswer, PaymentAnswer } from '../../../helpers/api/answers.ts';
import { settled } from '../../../helpers/api/settled.ts';
import { tally } from '../../../helpers/ledger/tally.ts';

// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced overspending', { tag: '@balance' }, () => {
  for (const affordable of [1, 5]) {
    test(`of ten payments behind the balance row exactly the ${affordable} affordable succeed`, async ({
      newAccount,
      newProduct,
      placeOrder,
      payOrderUntilSettled,
      shopDatabase,
      burst,
    }) => {
      const account = await newAccount({ balance: affordable * 10_000 + 5_000 });
      const product = await newProduct({ price: 10_000, stock: 100 });
      const orders = await Promise.all(Array.from({ length: 10 }, () => placeOrder(account, { product })));

      const answers = await burst(
        { accounts: [account], products: [product], gate: { balanceOf: account } },
        orders.map((order) => () => payOrderUntilSettled(order)),
      );
      const refused = answers.filter(({ outcome }) => outcome !== 'ok');
      expect(tally(answers)).toEqual({ ok: affordable, balance: 10 - affordable });
      for (const refusal of refused) expect(refusal).toBeRefusedFor('balance', { required: 10_000 });
      const { balances, payments } = await shopDatabase.stateOf([account]);
      expect({ balances, payments: payments.length }).toEqual({ balances: [5_000], payments: affordable });
    });
  }

  test('ten affordable payments behind the balance row are all debited', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrderUntilSettled,
    shopDatabase,
    burst,
  }) => {
    const account = await newAccount({ balance: 200_000 });
    const product = await newProduct({ price: 10_000, stock: 100 });
    const orders = await Promise.all(Array.from({ length: 10 }, () => placeOrder(account, { product })));

    const answers = await burst(
      { accounts: [account], products: [product], gate: { balanceOf: account } },
      orders.map((order) => () => payOrderUntilSettled(order)),
    );
    expect(tally(answers)).toEqual({ ok: 10 });
    const left = answers.flatMap(({ answer }) => answer?.remainingBalance ?? []);
    expect(left, 'each payment tells a balance of its own').toEqual([...new Set(left)]);
    expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ balances: [100_000], stock: [90] });
  });

  test('payments and top-ups behind the balance row add up', async ({
    newAccount,
    newProduct,
    placeOrder,
    payOrderUntilSettled,
    shopApi,
    shopDatabase,
    catalogue,
    burst,
  }) => {
    const account = await newAccount({ balance: 100_000 });
    const product = await newProduct({ price: 10_000, stock: 100 });
    const { userId } = account;
    const orders = await Promise.all(Array.from({ length: 5 }, () => placeOrder(account, { product })));

    const answers = await burst<PaymentAnswer | ChargeAnswer>({ gate: { balanceOf: account } }, [
      ...orders.map((order) => () => payOrderUntilSettled(order)),
      ...Array.from({ length: 5 }, () => async () => {
        const charge = { amount: 3_000, idempotencyKey: catalogue.idempotencyKey() };
        return settled(await shopApi.chargeBalance(userId, charge), () => shopApi.chargeBalance(userId, charge));
      }),
    ]);
    expect(tally(answers)).toEqual({ ok: 10 });
    const told = answers.flatMap(({ answer }) => {
      if (!answer) return [];
      return 'balance' in answer ? answer.balance : (answer.remainingBalance ?? []);
    });
    // Of these amounts, no two sums are the same.
    expect(told, 'each payment and top-up tells a balance of its own').toEqual([...new Set(told)]);
    expect((await shopDatabase.stateOf([account])).balances).toEqual([65_000]);
  });
});
