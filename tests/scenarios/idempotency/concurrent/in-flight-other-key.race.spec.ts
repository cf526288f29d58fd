import { inItsOwnRight } from '../../../../fixtures/in-its-own-right.ts';
import { needsKeys } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/require-answer.ts';
import { neededToPay } from '../../../../helpers/database/needed-to-pay.ts';
import { resendUntilSettled } from '../../../../helpers/api/resend-until-settled.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('other keys in flight', { tag: '@idempotency' }, () => {
  test('payment while another payment of the same user is in flight is no duplicate of it', async ({
    newOrder,
    newProduct,
    placeOrder,
    payOrder,
    payOrderUntilSettled,
    shopDatabase,
    catalogue,
    profile,
    besideHeld,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
    const other = await placeOrder(account, { product: await newProduct({ price: 30_000, stock: 10 }) });
    const key = catalogue.idempotencyKey();
    const payOther = () => payOrder(other, key);

    const [held, beside] = await besideHeld(
      neededToPay(profile, account, product),
      () => payOrderUntilSettled(order),
      payOther,
    );
    expect(await inItsOwnRight(beside, payOther)).toBePaid(other);
    expect(held).toBePaid(order);
    expect((await shopDatabase.stateOf([account])).balances).toEqual([40_000]);
  });

  test("payment while another user's payment for the same product is in flight is no duplicate of it", async ({
    newOrder,
    newAccount,
    placeOrder,
    payOrder,
    payOrderUntilSettled,
    shopDatabase,
    catalogue,
    profile,
    besideHeld,
  }) => {
    needsKeys(profile, 'pay');
    const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000, stock: 10 });
    const buyer = await newAccount({ balance: 50_000 });
    const other = await placeOrder(buyer, { product, quantity: 2 });
    const key = catalogue.idempotencyKey();
    const payOther = () => payOrder(other, key);

    const [held, beside] = await besideHeld({ balanceOf: account }, () => payOrderUntilSettled(order), payOther);
    expect(await inItsOwnRight(beside, payOther)).toBePaid(other, { remainingBalance: 10_000 });
    expect(held).toBePaid(order, { remainingBalance: 70_000 });
    expect((await shopDatabase.stateOf([], [product])).stock).toEqual([7]);
  });

  test('replay of an earlier payment while another of the same user is in flight answers the original', async ({
    newOrder,
    newProduct,
    placeOrder,
    payOrder,
    payOrderUntilSettled,
    catalogue,
    profile,
    besideHeld,
  }) => {
    needsKeys(profile, 'pay');
    const { account, order: earlier } = await newOrder({ balance: 90_000, price: 20_000 });
    const product = await newProduct({ price: 30_000, stock: 10 });
    const order = await placeOrder(account, { product });
    const key = catalogue.idempotencyKey();
    const payEarlier = () => payOrder(earlier, key);
    const original = await payEarlier();
    expect(original).toBePaid(earlier, { remainingBalance: 70_000 });

    const [held, beside] = await besideHeld(
      neededToPay(profile, account, product),
      () => payOrderUntilSettled(order),
      payEarlier,
    );
    expect(await inItsOwnRight(beside, payEarlier)).toReplay(original);
    expect(held).toBePaid(order, { remainingBalance: 40_000 });
  });

  test(
    'order while another order of the same user is in flight is no duplicate of it',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile, besideHeld }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 100_000 });
      const { userId } = account;
      const [chair, lamp] = [
        await newProduct({ price: 10_000, stock: 10 }),
        await newProduct({ price: 20_000, stock: 10 }),
      ];
      const prepareOrder = ({ productId }: typeof chair) => {
        const request = { userId, items: [{ productId, quantity: 1 }], idempotencyKey: catalogue.idempotencyKey() };
        return () => shopApi.createOrder(request);
      };
      const [orderChair, orderLamp] = [prepareOrder(chair), prepareOrder(lamp)];

      const [held, beside] = await besideHeld(
        { user: account },
        async () => resendUntilSettled(await orderChair(), orderChair),
        orderLamp,
      );
      expect(await inItsOwnRight(beside, orderLamp)).toBeOrdered({ userId, lines: [{ ...lamp, quantity: 1 }] });
      expect(held).toBeOrdered({ userId, lines: [{ ...chair, quantity: 1 }] });
      expect((await shopDatabase.stateOf([account])).orders).toEqual(['pending', 'pending']);
    },
  );

  test(
    'top-up while another top-up of the same user is in flight is no duplicate of it',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile, besideHeld }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 1_000 });
      const prepareTopUp = (amount: number) => {
        const charge = { amount, idempotencyKey: catalogue.idempotencyKey() };
        return () => shopApi.chargeBalance(account.userId, charge);
      };
      const [chargeFirst, chargeMore] = [prepareTopUp(20_000), prepareTopUp(30_000)];

      const [held, beside] = await besideHeld(
        { balanceOf: account },
        async () => resendUntilSettled(await chargeFirst(), chargeFirst),
        chargeMore,
      );
      expect(requireAnswer(await inItsOwnRight(beside, chargeMore))).toMatchObject({ chargedAmount: 30_000 });
      expect(requireAnswer(held)).toMatchObject({ chargedAmount: 20_000 });
      expect((await shopDatabase.stateOf([account])).balances).toEqual([51_000]);
    },
  );
});
