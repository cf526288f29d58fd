import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { needsErrorFields, needsLookUp } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { missingErrorFields } from '../../../helpers/api/answers/error-form.ts';
import { describeAnswer, type Exchange } from '../../../helpers/api/answers/exchange.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

/** The Accept header of a browser: HTML preferred, anything accepted. */
const browserAccept = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** Returns what is wrong with an answer that must be a success or a well-formed client error. */
const problemsOf = (exchange: Exchange, profile: TargetProfile): string[] => {
  const { outcome, response: { status } = { status: 0 } } = exchange;
  if (outcome === 'ok') return [];
  if (outcome !== 'refused' || status >= 500) return [describeAnswer(exchange)];
  return missingErrorFields(exchange, profile).map((name) => `an error (${status}) without ${name}`);
};

test.describe('content negotiation', { tag: '@contract' }, () => {
  for (const type of ['application/xml', 'text/plain']) {
    test(
      `order sent as ${type} is accepted or refused with a well-formed client error`,
      { annotation: promise('answers-have-promised-form') },
      async ({ newBuyer, shopApi, newKey, profile }) => {
        const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
        const order = orderOf(account, product, { idempotencyKey: newKey() });
        const answer = await shopApi.with({ headers: { 'content-type': type } }).createOrder(order);
        expect(problemsOf(answer, profile)).toEqual([]);
      },
    );
  }

  test(
    'browser that prefers HTML gets refusals in JSON',
    { annotation: promise('answers-have-promised-form') },
    async ({ newOrder, shopApi, newKey, profile }) => {
      needsErrorFields(profile);
      needsLookUp(profile, 'getProduct');
      const { account, product, order } = await newOrder({ balance: 0, price: 10_000 });
      const { userId } = account;
      const browser = shopApi.with({ headers: { accept: browserAccept } });
      const refusals = [
        await browser.pay(order.orderId, paymentBy(account, newKey())),
        await browser.getProduct(absentId(product.productId)),
        await browser.createOrder({ userId, items: [] }),
      ];
      for (const refusal of refusals) {
        expect(refusal.outcome).toBe('refused');
        expect(problemsOf(refusal, profile)).toEqual([]);
        expect(refusal.response?.headers['content-type']).toMatch(/json/i);
      }
    },
  );

  test(
    'first refusal under a new key is not marked as a replay',
    { tag: '@idempotency', annotation: promise('replay-is-marked') },
    async ({ newOrder, shopApi, newKey, profile }) => {
      const { header } = profile.policies.replay;
      notApplicableIf(!header, 'this target does not mark replays');
      const { account, order } = await newOrder({ balance: 0, price: 10_000 });
      const { userId } = account;
      const refusals = [
        await shopApi.pay(order.orderId, paymentBy(account, newKey())),
        await shopApi.createOrder({ userId, items: [], idempotencyKey: newKey() }),
        await shopApi.chargeBalance(userId, topUpOf(0, newKey())),
      ];
      for (const { name, outcome, response } of refusals) {
        expect(outcome).toBe('refused');
        expect(response?.headers[header?.name.toLowerCase() ?? ''], `${header?.name} of ${name}`).not.toBe(
          header?.value,
        );
      }
    },
  );
});
