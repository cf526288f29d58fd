import { expect, test } from '../../../fixtures/test.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';
import { errorInstantOf } from '../../../helpers/api/error-form.ts';
import { mayBeNow } from '../../../helpers/text/instants.ts';

type Told = Readonly<Record<string, string | number | null | undefined>>;

/** Which of the times that were told is none of now. */
const farFromNow = (told: Told): string[] => {
  const now = Date.now();
  return Object.entries(told)
    .filter(([, instant]) => !mayBeNow(instant ?? now, now))
    .map(([name, instant]) => `${name} is ${instant ?? ''} at ${new Date(now).toISOString()}`);
};

test.describe('told times', { tag: '@contract' }, () => {
  test(
    'an order is told to be made, and paid, now',
    { tag: ['@orders', '@balance'] },
    async ({ newOrder, payOrder }) => {
      const { order } = await newOrder({ balance: 50_000, price: 10_000 });
      const paid = await payOrder(order);
      expect(paid).toBePaid(order);
      expect(farFromNow({ createdAt: order.createdAt, paidAt: contentOf(paid).paidAt })).toEqual([]);
    },
  );

  test('a top-up is told to be made now', { tag: '@balance' }, async ({ newAccount, shopApi, catalogue }) => {
    const { userId } = await newAccount({ balance: 0 });
    const charge = { amount: 1_000, idempotencyKey: catalogue.idempotencyKey() };
    const { chargedAt } = contentOf(await shopApi.chargeBalance(userId, charge));
    expect(farFromNow({ chargedAt })).toEqual([]);
  });

  test('a refusal is told to be made now', async ({ newOrder, payOrder, profile }) => {
    const { order } = await newOrder({ balance: 0, price: 10_000 });
    const refused = await payOrder(order);
    expect(refused).toBeRefusedFor('balance');
    expect(farFromNow({ timestamp: errorInstantOf(refused, profile) })).toEqual([]);
  });
});
