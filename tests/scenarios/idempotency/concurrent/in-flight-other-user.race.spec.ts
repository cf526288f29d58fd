import { needsKeys, needsKeysOf } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, topUpOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

// The two requests share no row, so that any refusal, even a retryable one, comes from the other user's key.
// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe(
  'other users in flight',
  { tag: '@idempotency', annotation: promise('other-user-in-flight-no-conflict') },
  () => {
    test.beforeEach(({ profile }) => {
      needsKeysOf(profile, 'user');
    });

    test(
      "payment under the key of another user's payment in flight is not taken for a duplicate",
      { tag: '@balance' },
      async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, newKey, profile, whileInFlight }) => {
        needsKeys(profile, 'pay');
        const one = await newOrder({ balance: 50_000, price: 20_000 });
        const other = await newOrder({ balance: 90_000, price: 30_000 });
        const key = newKey();

        const [ofOne, ofOther] = await whileInFlight(
          { balanceOf: one.account },
          () => payOrderUntilSettled(one.order, key),
          () => payOrder(other.order, key),
        );
        expect(ofOther).toBePaid(other.order, { remainingBalance: 60_000 });
        expect(ofOne).toBePaid(one.order, { remainingBalance: 30_000 });
        expect(await payOrder(one.order, key)).toReplay(ofOne);
        expect(await payOrder(other.order, key)).toReplay(ofOther);
        expect(await shopDatabase.stateOf([one.account, other.account])).toMatchObject({ balances: [30_000, 60_000] });
      },
    );

    test(
      "order under the key of another user's order in flight is not taken for a duplicate",
      { tag: '@orders' },
      async ({ newAccount, newProduct, shopApi, shopDatabase, newKey, profile, whileInFlight }) => {
        needsKeys(profile, 'createOrder');
        const [one, other] = [await newAccount({ balance: 50_000 }), await newAccount({ balance: 50_000 })];
        const [chair, lamp] = [
          await newProduct({ price: 10_000, stock: 10 }),
          await newProduct({ price: 20_000, stock: 10 }),
        ];
        const idempotencyKey = newKey();
        const sendOrder = (user: typeof one, product: typeof chair) =>
          shopApi.createOrder(orderOf(user, product, { idempotencyKey }));

        const [ofOne, ofOther] = await whileInFlight(
          { user: one },
          () => untilSettled(() => sendOrder(one, chair)),
          () => sendOrder(other, lamp),
        );
        expect(ofOther).toBeOrdered({ userId: other.userId, lines: [{ ...lamp, quantity: 1 }] });
        expect(ofOne).toBeOrdered({ userId: one.userId, lines: [{ ...chair, quantity: 1 }] });
        expect(await shopDatabase.stateOf([one, other])).toMatchObject({ orders: ['pending', 'pending'] });
      },
    );

    test(
      "top-up under the key of another user's top-up in flight is not taken for a duplicate",
      { tag: '@balance' },
      async ({ newAccount, shopApi, shopDatabase, newKey, profile, whileInFlight }) => {
        needsKeys(profile, 'chargeBalance');
        const [one, other] = [await newAccount({ balance: 1_000 }), await newAccount({ balance: 2_000 })];
        const idempotencyKey = newKey();
        const sendTopUp = ({ userId }: typeof one, amount: number) =>
          shopApi.chargeBalance(userId, topUpOf(amount, idempotencyKey));

        const [ofOne, ofOther] = await whileInFlight(
          { balanceOf: one },
          () => untilSettled(() => sendTopUp(one, 20_000)),
          () => sendTopUp(other, 30_000),
        );
        expect(requireAnswer(ofOther)).toMatchObject({ userId: other.userId, chargedAmount: 30_000 });
        expect(requireAnswer(ofOne)).toMatchObject({ userId: one.userId, chargedAmount: 20_000 });
        expect(await shopDatabase.stateOf([one, other])).toMatchObject({ balances: [21_000, 32_000] });
      },
    );
  },
);
