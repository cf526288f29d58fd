import { notApplicableIf } from '../../../fixtures/not-applicable.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { lackingErrorFields } from '../../../helpers/api/error-form.ts';
import { describeAnswer, type Exchange } from '../../../helpers/api/exchange.ts';
import { parseJson } from '../../../helpers/text/json.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import { isMissing } from '../../../helpers/profile/endpoint-forms.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

/** As a browser says it: pages are best, but anything will do. */
const ofBrowsers = 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8';

/** What is wrong with an answer that may be a success, or the client's error in form. */
const problemsOf = (exchange: Exchange, profile: TargetProfile): string[] => {
  const { outcome, response: { status } = { status: 0 } } = exchange;
  if (outcome === 'ok') return [];
  if (outcome !== 'refused' || status >= 500) return [describeAnswer(exchange)];
  return lackingErrorFields(exchange, profile).map((name) => `an error (${status}) without ${name}`);
};

const healthOf = ({ endpoints: { health } }: TargetProfile) => (isMissing(health) ? undefined : health.says);

test.describe('negotiated answers', { tag: '@contract' }, () => {
  for (const type of ['application/xml', 'text/plain']) {
    test(`an order that is said to be ${type} is taken, or refused in form`, async ({
      newAccount,
      newProduct,
      shopApi,
      catalogue,
      profile,
    }) => {
      const { userId } = await newAccount({ balance: 50_000 });
      const { productId } = await newProduct({ price: 10_000, stock: 10 });
      const order = { userId, items: [{ productId, quantity: 1 }], idempotencyKey: catalogue.idempotencyKey() };
      const answer = await shopApi.with({ headers: { 'content-type': type } }).createOrder(order);
      expect(problemsOf(answer, profile)).toEqual([]);
    });
  }

  test('who would rather have a page gets errors in JSON too', async ({ newOrder, shopApi, catalogue, profile }) => {
    const { account, product, order } = await newOrder({ balance: 0, price: 10_000 });
    const { userId } = account;
    const browser = shopApi.with({ headers: { accept: ofBrowsers } });
    const refusals = [
      await browser.pay(order.orderId, { userId, idempotencyKey: catalogue.idempotencyKey() }),
      await browser.getProduct(absentId(product.productId)),
      await browser.createOrder({ userId, items: [] }),
    ];
    for (const refusal of refusals) {
      expect(refusal.outcome).toBe('refused');
      expect(problemsOf(refusal, profile)).toEqual([]);
      expect(refusal.response?.headers['content-type']).toMatch(/json/i);
    }
  });

  test('a first refusal is not marked as a replay', async ({ newOrder, shopApi, catalogue, profile }) => {
    const { header } = profile.policies.replay;
    notApplicableIf(!header, 'this target does not mark replays');
    const { account, order } = await newOrder({ balance: 0, price: 10_000 });
    const { userId } = account;
    const refusals = [
      await shopApi.pay(order.orderId, { userId, idempotencyKey: catalogue.idempotencyKey() }),
      await shopApi.createOrder({ userId, items: [], idempotencyKey: catalogue.idempotencyKey() }),
      await shopApi.chargeBalance(userId, { amount: 0, idempotencyKey: catalogue.idempotencyKey() }),
    ];
    for (const { name, outcome, response } of refusals) {
      expect(outcome).toBe('refused');
      expect(response?.headers[header?.name.toLowerCase() ?? ''], `${header?.name} of ${name}`).not.toBe(header?.value);
    }
  });

  test('the API says that it is well', async ({ shopApi, profile }) => {
    const promised = healthOf(profile);
    notApplicableIf(promised === undefined, 'this target does not promise what its health check says');
    const { response } = await shopApi.health();
    expect(response?.status).toBe(200);
    expect(parseJson(response?.body ?? '')).toMatchObject({ ...promised });
  });
});
