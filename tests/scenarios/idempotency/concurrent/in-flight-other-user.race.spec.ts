import { needsKeys, needsKeysOf } from '../../../../fixtures/needs.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { settled } from '../../../../helpers/api/settled.ts';
import { contentOf } from '../../../../helpers/api/require-answer.ts';

// They share no row: whoever is refused, be it only for the moment, is refused for the other one's key.
// In one worker, so that the other ones have something else to do while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe('forced strangers', { tag: '@idempotency' }, () => {
  test.beforeEach(({ profile }) => {
    needsKeysOf(profile, 'user');
  });

  test(
    'while a payment is under way, another user pays under a key of the same text',
    { tag: '@balance' },
    async ({ newOrder, payOrder, payOrderUntilSettled, shopDatabase, catalogue, profile, besideHeld }) => {
      needsKeys(profile, 'pay');
      const one = await newOrder({ balance: 50_000, price: 20_000 });
      const other = await newOrder({ balance: 90_000, price: 30_000 });
      const key = catalogue.idempotencyKey();

      const [ofOne, ofOther] = await besideHeld(
        { balanceOf: one.account },
        () => payOrderUntilSettled(one.order, key),
        () => payOrder(other.order, key),
      );
      expect(ofOther).toBePaid(other.order, { remainingBalance: 60_000 });
      expect(ofOne).toBePaid(one.order, { remainingBalance: 30_000 });
      expect(await payOrder(one.order, key)).toReplay(ofOne);
      expect(await payOrder(other.order, key)).toReplay(ofOther);
      expect((await shopDatabase.stateOf([one.account, other.account])).balances).toEqual([30_000, 60_000]);
    },
  );

  test(
    'while an order is under way, another user orders under a key of the same text',
    { tag: '@orders' },
    async ({ newAccount, newProduct, shopApi, shopDatabase, catalogue, profile, besideHeld }) => {
      needsKeys(profile, 'createOrder');
      const [one, other] = [await newAccount({ balance: 50_000 }), await newAccount({ balance: 50_000 })];
      const [chair, lamp] = [
        await newProduct({ price: 10_000, stock: 10 }),
        await newProduct({ price: 20_000, stock: 10 }),
      ];
      const idempotencyKey = catalogue.idempotencyKey();
      const ordering = ({ userId }: typeof one, { productId }: typeof chair) =>
        shopApi.createOrder({ userId, items: [{ productId, quantity: 1 }], idempotencyKey });

      const [ofOne, ofOther] = await besideHeld(
        { user: one },
        async () => settled(await ordering(one, chair), () => ordering(one, chair)),
        () => ordering(other, lamp),
      );
      expect(ofOther).toBeOrdered({ userId: other.userId, lines: [{ ...lamp, quantity: 1 }] });
      expect(ofOne).toBeOrdered({ userId: one.userId, lines: [{ ...chair, quantity: 1 }] });
      expect((await shopDatabase.stateOf([one, other])).orders).toEqual(['pending', 'pending']);
    },
  );

  test(
    'while a top-up is under way, another user is topped up under a key of the same text',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, catalogue, profile, besideHeld }) => {
      needsKeys(profile, 'chargeBalance');
      const [one, other] = [await newAccount({ balance: 1_000 }), await newAccount({ balance: 2_000 })];
      const idempotencyKey = catalogue.idempotencyKey();
      const charging = ({ userId }: typeof one, amount: number) =>
        shopApi.chargeBalance(userId, { amount, idempotencyKey });

      const [ofOne, ofOther] = await besideHeld(
        { balanceOf: one },
        async () => settled(await charging(one, 20_000), () => charging(one, 20_000)),
        () => charging(other, 30_000),
      );
      expect(contentOf(ofOther)).toMatchObject({ userId: other.userId, chargedAmount: 30_000 });
      expect(contentOf(ofOne)).toMatchObject({ userId: one.userId, chargedAmount: 20_000 });
      expect((await shopDatabase.stateOf([one, other])).balances).toEqual([21_000, 32_000]);
    },
  );
});
