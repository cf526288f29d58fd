import { promise } from '../../../../fixtures/promises/promise.ts';
import { settleAsNoDuplicate } from '../../../../fixtures/races/settle-as-no-duplicate.ts';
import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { orderOf, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import { neededToPay } from '../../../../helpers/database/rows/needed-to-pay.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('other keys in flight', { tag: '@idempotency' }, () => {
  test(
    'payment while another payment of the same user is in flight is not taken for a duplicate',
    { annotation: promise('other-key-in-flight-no-conflict') },
    async ({
      newOrder,
      newProduct,
      placeOrder,
      payOrder,
      payOrderUntilSettled,
      shopDatabase,
      newKey,
      profile,
      whileInFlight,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000 });
      const other = await placeOrder(account, { product: await newProduct({ price: 30_000, stock: 10 }) });
      const key = newKey();
      const payOther = () => payOrder(other, key);

      const [held, beside] = await whileInFlight(
        neededToPay(profile, account, product),
        () => payOrderUntilSettled(order),
        payOther,
      );
      expect(await settleAsNoDuplicate(beside, payOther)).toBePaid(other);
      expect(held).toBePaid(order);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [40_000] });
    },
  );

  test(
    "payment while another user's payment for the same product is in flight is not taken for a duplicate",
    { annotation: promise('other-user-in-flight-no-conflict') },
    async ({
      newOrder,
      newAccount,
      placeOrder,
      payOrder,
      payOrderUntilSettled,
      shopDatabase,
      newKey,
      profile,
      whileInFlight,
    }) => {
      needsKeys(profile, 'pay');
      const { account, product, order } = await newOrder({ balance: 90_000, price: 20_000, stock: 10 });
      const buyer = await newAccount({ balance: 50_000 });
      const other = await placeOrder(buyer, { product, quantity: 2 });
      const key = newKey();
      const payOther = () => payOrder(other, key);

      const [held, beside] = await whileInFlight({ balanceOf: account }, () => payOrderUntilSettled(order), payOther);
      expect(await settleAsNoDuplicate(beside, payOther)).toBePaid(other, { remainingBalance: 10_000 });
      expect(held).toBePaid(order, { remainingBalance: 70_000 });
      expect(await shopDatabase.stateOf([], [product])).toMatchObject({ stock: [7] });
    },
  );

  test(
    "payment while another user's payment for another product is in flight is not refused",
    { annotation: promise('other-user-in-flight-no-conflict') },
    async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, whileInFlight }) => {
      // They share no row and no key: whatever refuses one of them takes users for one another.
      const one = await newOrder({ balance: 50_000, price: 20_000 });
      const other = await newOrder({ balance: 90_000, price: 30_000 });

      const [held, beside] = await whileInFlight(
        { balanceOf: one.account },
        () => payOrderUntilSettled(one.order),
        () => payOrder(other.order),
      );
      expect(beside).toBePaid(other.order, { remainingBalance: 60_000 });
      expect(held).toBePaid(one.order, { remainingBalance: 30_000 });
      expect(await shopDatabase.stateOf([one.account, other.account])).toMatchObject({ balances: [30_000, 60_000] });
    },
  );

  test(
    'replay of an earlier payment while another of the same user is in flight answers the original',
    { annotation: promise('replay-answers-original', 'other-key-in-flight-no-conflict') },
    async ({ newOrder, newProduct, placeOrder, payOrder, payOrderUntilSettled, newKey, profile, whileInFlight }) => {
      needsKeys(profile, 'pay');
      const { account, order: earlier } = await newOrder({ balance: 90_000, price: 20_000 });
      const product = await newProduct({ price: 30_000, stock: 10 });
      const order = await placeOrder(account, { product });
      const key = newKey();
      const payEarlier = () => payOrder(earlier, key);
      const original = await payEarlier();
      expect(original).toBePaid(earlier, { remainingBalance: 70_000 });

      const [held, beside] = await whileInFlight(
        neededToPay(profile, account, product),
        () => payOrderUntilSettled(order),
        payEarlier,
      );
      expect(await settleAsNoDuplicate(beside, payEarlier)).toReplay(original);
      expect(held).toBePaid(order, { remainingBalance: 40_000 });
    },
  );

  test(
    'order while another order of the same user is in flight is not taken for a duplicate',
    { tag: '@orders', annotation: promise('other-key-in-flight-no-conflict') },
    async ({ newAccount, newProduct, shopApi, shopDatabase, newKey, profile, whileInFlight }) => {
      needsKeys(profile, 'createOrder');
      const account = await newAccount({ balance: 100_000 });
      const { userId } = account;
      const [chair, lamp] = [
        await newProduct({ price: 10_000, stock: 10 }),
        await newProduct({ price: 20_000, stock: 10 }),
      ];
      const prepareOrder = (product: typeof chair) => {
        const request = orderOf(account, product, { idempotencyKey: newKey() });
        return () => shopApi.createOrder(request);
      };
      const [orderChair, orderLamp] = [prepareOrder(chair), prepareOrder(lamp)];

      const [held, beside] = await whileInFlight({ user: account }, () => untilSettled(orderChair), orderLamp);
      expect(await settleAsNoDuplicate(beside, orderLamp)).toBeOrdered({ userId, lines: [{ ...lamp, quantity: 1 }] });
      expect(held).toBeOrdered({ userId, lines: [{ ...chair, quantity: 1 }] });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending', 'pending'] });
    },
  );

  test(
    'top-up while another top-up of the same user is in flight is not taken for a duplicate',
    { tag: '@balance', annotation: promise('other-key-in-flight-no-conflict') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile, whileInFlight }) => {
      needsKeys(profile, 'chargeBalance');
      const account = await newAccount({ balance: 1_000 });
      const prepareTopUp = (amount: number) => {
        const charge = topUpOf(amount, newKey());
        return () => shopApi.chargeBalance(account.userId, charge);
      };
      const [chargeFirst, chargeMore] = [prepareTopUp(20_000), prepareTopUp(30_000)];

      const [held, beside] = await whileInFlight({ balanceOf: account }, () => untilSettled(chargeFirst), chargeMore);
      expect(requireAnswer(await settleAsNoDuplicate(beside, chargeMore))).toMatchObject({ chargedAmount: 30_000 });
      expect(requireAnswer(held)).toMatchObject({ chargedAmount: 20_000 });
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [51_000] });
    },
  );
});
