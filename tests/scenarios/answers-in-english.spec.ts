import { needsEnglish, needsKeys, needsStock } from '../../fixtures/needs.ts';
import { expect, test } from '../../fixtures/test.ts';
import { errorTextsOf, withoutNames } from '../../helpers/error-form.ts';
import { absentId } from '../../helpers/ids.ts';

test.describe('answers in English', { tag: '@contract' }, () => {
  test('what is refused for other reasons is in English too when that is asked for', async ({
    newAccount,
    newOrder,
    payOrder,
    shopApi,
    catalogue,
    profile,
  }) => {
    needsEnglish(profile);
    // Without keys, paying a paid order may be a replay.
    needsKeys(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 10_000 });
    const stranger = await newAccount({ balance: 0 });
    expect(await payOrder(order)).toBePaid(order);
    const english = shopApi.with({ headers: { 'accept-language': 'en' } });
    const paying = (orderId: typeof order.orderId, { userId }: typeof account) =>
      english.pay(orderId, { userId, idempotencyKey: catalogue.idempotencyKey() });
    const refusals = [
      await paying(order.orderId, account),
      await paying(order.orderId, stranger),
      await paying(absentId(order.orderId), account),
      await english.createOrder({ userId: account.userId, items: [] }),
      await english.chargeBalance(account.userId, { amount: 0, idempotencyKey: catalogue.idempotencyKey() }),
    ];
    for (const refusal of refusals) {
      expect(refusal.outcome).toBe('refused');
      for (const said of errorTextsOf(refusal, profile)) {
        const words = withoutNames(said, [account, stranger]);
        expect(words, `what ${refusal.refusal?.reason} is called in English`).not.toMatch(/\p{Script=Hangul}/u);
      }
    }
  });

  test(
    'a refusal for stock is told in English too',
    { tag: '@stock' },
    async ({ newAccount, newProduct, shopApi, profile }) => {
      needsEnglish(profile);
      needsStock(profile, { stockIsCheckedAt: 'order' });
      const { userId } = await newAccount({ balance: 1_000 });
      const { productId } = await newProduct({ price: 1, stock: 3 });
      const english = shopApi.with({ headers: { 'accept-language': 'en' } });
      const refused = await english.createOrder({ userId, items: [{ productId, quantity: 7 }] });
      expect(refused).toBeRefusedFor('stock', { required: 7, available: 3 });
    },
  );
});
