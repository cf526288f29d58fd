import { needsAllowedProduct } from '../../../fixtures/needs/needs-allowed-product.ts';
import { needsDatabase } from '../../../fixtures/needs/needs.ts';
import { needsKeys } from '../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { OrderAnswer, PaymentAnswer } from '../../../helpers/api/answers/answers.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';
import { describeAnswer, type Exchange } from '../../../helpers/api/answers/exchange.ts';

const isOk = ({ outcome }: Exchange): boolean => outcome === 'ok';

/** Throws unless a request was answered, and not with a 5xx: whether it succeeds is up to the target. */
const expectNoServerError = (answer: Exchange): void => {
  expect(answer.outcome).not.toBe('unknown');
  expect(answer.response?.status, describeAnswer(answer)).toBeLessThan(500);
};

/** Throws unless a payment that succeeded charged 0 won and is replayed. */
async function expectReplayIfPaid(
  original: Exchange<PaymentAnswer>,
  order: OrderAnswer,
  sendAgain: () => Promise<Exchange<PaymentAnswer>>,
): Promise<void> {
  if (!isOk(original)) return;
  expect(original).toBePaid(order, { remainingBalance: 1_000 });
  expect(await sendAgain()).toReplay(original);
}

test.describe(
  'zero-total orders',
  { tag: ['@balance', '@orders'], annotation: promise('payment-charges-order-total') },
  () => {
    test(
      'order of 0 won is refused, or paid once with 0 won and replayed',
      { tag: '@idempotency' },
      async ({ newAccount, newProduct, payOrder, shopApi, shopDatabase, newKey, profile, settings }) => {
        needsDatabase(settings);
        needsKeys(profile, 'pay');
        const account = await newAccount({ balance: 1_000 });
        const product = await needsAllowedProduct(newProduct({ price: 0, stock: 10 }), shopDatabase);
        const key = newKey();

        const ordered = await shopApi.createOrder(orderOf(account, product, { quantity: 2, idempotencyKey: newKey() }));
        expectNoServerError(ordered);
        const unpaid = await shopDatabase.stateOf([account], [product]);
        expect(unpaid).toMatchObject({ balances: [1_000], orders: isOk(ordered) ? ['pending'] : [] });
        notApplicableIf(!isOk(ordered), 'this target takes no orders of 0 won');
        const order = requireAnswer(ordered);
        const original = await payOrder(order, key);
        expectNoServerError(original);
        await expectReplayIfPaid(original, order, () => payOrder(order, key));
        expect(await shopDatabase.stateOf([account], [product])).toEqual(
          isOk(original) ? { balances: [1_000], stock: [8], orders: ['paid'], payments: [0] } : unpaid,
        );
      },
    );
  },
);
