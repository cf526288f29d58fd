import { unlessForbidden } from '../../../fixtures/forbidden-products.ts';
import { needsDatabase, needsKeys } from '../../../fixtures/needs.ts';
import { notApplicableIf } from '../../../fixtures/not-applicable.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { OrderAnswer, PaymentAnswer } from '../../../helpers/api/answers.ts';
import { contentOf } from '../../../helpers/api/require-answer.ts';
import { describeAnswer, type Exchange } from '../../../helpers/api/exchange.ts';

const isDone = ({ outcome }: Exchange): boolean => outcome === 'ok';

/** Whether a request was done or refused is the target's affair; that it fails inside is not. */
const expectAnswerOfItsOwn = (answer: Exchange): void => {
  expect(answer.outcome).not.toBe('unknown');
  expect(answer.response?.status, describeAnswer(answer)).toBeLessThan(500);
};

async function expectReplayIfPaid(
  original: Exchange<PaymentAnswer>,
  order: OrderAnswer,
  sendAgain: () => Promise<Exchange<PaymentAnswer>>,
): Promise<void> {
  if (!isDone(original)) return;
  expect(original).toBePaid(order, { remainingBalance: 1_000 });
  expect(await sendAgain()).toReplay(original);
}

test.describe('free orders', { tag: ['@balance', '@orders'] }, () => {
  test(
    'an order of 0 won is paid once with 0 won and replayed, or refused',
    { tag: '@idempotency' },
    async ({ newAccount, newProduct, payOrder, shopApi, shopDatabase, catalogue, profile, settings }) => {
      needsDatabase(settings);
      needsKeys(profile, 'pay');
      const account = await newAccount({ balance: 1_000 });
      const product = await unlessForbidden(newProduct({ price: 0, stock: 10 }), shopDatabase);
      const { userId } = account;
      const items = [{ productId: product.productId, quantity: 2 }];
      const key = catalogue.idempotencyKey();

      const ordered = await shopApi.createOrder({ userId, items, idempotencyKey: catalogue.idempotencyKey() });
      expectAnswerOfItsOwn(ordered);
      const unpaid = await shopDatabase.stateOf([account], [product]);
      expect(unpaid).toMatchObject({ balances: [1_000], orders: isDone(ordered) ? ['pending'] : [] });
      notApplicableIf(!isDone(ordered), 'this target takes no orders of 0 won');
      const order = contentOf(ordered);
      const original = await payOrder(order, key);
      expectAnswerOfItsOwn(original);
      await expectReplayIfPaid(original, order, () => payOrder(order, key));
      expect(await shopDatabase.stateOf([account], [product])).toEqual(
        isDone(original) ? { balances: [1_000], stock: [8], orders: ['paid'], payments: [0] } : unpaid,
      );
    },
  );
});
