import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';
import { errorInstantOf } from '../../../helpers/api/answers/error-form.ts';
import { mayBeNow } from '../../../helpers/text/instants.ts';

type Instants = Readonly<Record<string, string | number | null | undefined>>;

/** Describes each of the instants that is not the present. */
const farFromNow = (instants: Instants): string[] => {
  const now = Date.now();
  return Object.entries(instants)
    .filter(([, instant]) => !mayBeNow(instant ?? now, now))
    .map(([name, instant]) => `${name} is ${instant ?? ''} at ${new Date(now).toISOString()}`);
};

test.describe('timestamps', { tag: '@contract', annotation: promise('times-are-now') }, () => {
  test(
    'order and payment carry the current time as createdAt and paidAt',
    { tag: ['@orders', '@balance'] },
    async ({ newOrder, payOrder }) => {
      const { order } = await newOrder({ balance: 50_000, price: 10_000 });
      const paid = await payOrder(order);
      expect(paid).toBePaid(order);
      expect(farFromNow({ createdAt: order.createdAt, paidAt: requireAnswer(paid).paidAt })).toEqual([]);
    },
  );

  test('top-up carries the current time as chargedAt', { tag: '@balance' }, async ({ newAccount, shopApi, newKey }) => {
    const { userId } = await newAccount({ balance: 0 });
    const charge = topUpOf(1_000, newKey());
    const { chargedAt } = requireAnswer(await shopApi.chargeBalance(userId, charge));
    expect(farFromNow({ chargedAt })).toEqual([]);
  });

  test('refusal carries the current time as timestamp', async ({ newOrder, payOrder, profile }) => {
    const { order } = await newOrder({ balance: 0, price: 10_000 });
    const refused = await payOrder(order);
    expect(refused).toBeRefusedFor('balance');
    expect(farFromNow({ timestamp: errorInstantOf(refused, profile) })).toEqual([]);
  });
});
