import { needsLookUp, needsNoLogIn } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { paymentBy, topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { missingErrorFields } from '../../../helpers/api/answers/error-form.ts';
import { describeAnswer, type Exchange } from '../../../helpers/api/answers/exchange.ts';
import { idWithLetters, malformedPathIds } from '../../../helpers/profile/ids.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

/**
 * Asks with each id and returns a description of every answer that is not a well-formed client error. Not found and bad
 * input are both right. The form of the answer to an overlong id is not judged: it may be refused before it reaches the
 * application.
 */
async function wronglyAnswered(
  profile: TargetProfile,
  ask: (id: string) => Promise<Exchange>,
  ids: readonly string[] = [...malformedPathIds.short, malformedPathIds.long],
): Promise<string[]> {
  const wrong: string[] = [];
  for (const id of ids) {
    const exchange = await ask(id);
    const { outcome, response: { status } = { status: 0 } } = exchange;
    const lacking = id === malformedPathIds.long ? [] : missingErrorFields(exchange, profile);
    if (outcome !== 'refused' || status >= 500) wrong.push(`${id}: ${describeAnswer(exchange)}`);
    else if (lacking.length > 0) wrong.push(`${id}: an error (${status}) without ${lacking.join(', ')}`);
  }
  return wrong;
}

/** Returns true if the call can be sent for an unknown user, who cannot log in. */
const canAskForUnknownUser = ({ authentication }: TargetProfile, call: Exchange['name']): boolean =>
  authentication?.by !== 'log-in' || !['getBalance', 'chargeBalance'].includes(call);

/** Returns whether a call answers a list, which has no id in its path. */
const isListed = ({ endpoints }: TargetProfile, call: keyof TargetProfile['endpoints']): boolean =>
  'inList' in endpoints[call];

test.describe('malformed ids', { tag: '@contract', annotation: promise('malformed-input-refused') }, () => {
  test('GET balance with a malformed user id answers 4xx', { tag: '@balance' }, async ({ shopApi, profile }) => {
    needsNoLogIn(profile);
    expect(await wronglyAnswered(profile, (id) => shopApi.getBalance(id))).toEqual([]);
  });

  test('top-up with a malformed user id answers 4xx', { tag: '@balance' }, async ({ shopApi, newKey, profile }) => {
    needsNoLogIn(profile);
    expect(await wronglyAnswered(profile, (id) => shopApi.chargeBalance(id, topUpOf(1_000, newKey())))).toEqual([]);
  });

  test('GET product with a malformed product id answers 4xx', { tag: '@stock' }, async ({ shopApi, profile }) => {
    needsLookUp(profile, 'getProduct');
    expect(await wronglyAnswered(profile, (id) => shopApi.getProduct(id))).toEqual([]);
  });

  test('GET order with a malformed order id answers 4xx', { tag: '@orders' }, async ({ account, shopApi, profile }) => {
    needsLookUp(profile, 'getOrder');
    expect(await wronglyAnswered(profile, (id) => shopApi.getOrder(id, account))).toEqual([]);
  });

  test(
    'cancellation with a malformed order id answers 4xx',
    { tag: '@orders' },
    async ({ account, shopApi, profile }) => {
      expect(await wronglyAnswered(profile, (id) => shopApi.cancelOrder(id, account))).toEqual([]);
    },
  );

  test(
    'payment with a malformed order id answers 4xx and debits nothing',
    { tag: '@balance' },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
      const account = await newAccount({ balance: 50_000 });
      expect(await wronglyAnswered(profile, (id) => shopApi.pay(id, paymentBy(account, newKey())))).toEqual([]);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000], payments: [] });
    },
  );

  test(
    'every call with an existing id followed by letters answers 4xx and changes nothing',
    { tag: ['@balance', '@orders', '@stock'] },
    async ({ newOrder, shopApi, shopDatabase, newKey, profile }) => {
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const { userId } = account;
      const before = await shopDatabase.stateOf([account], [product]);
      const charge = topUpOf(1_000, newKey());
      const payment = paymentBy(account, newKey());
      const asks = [
        ['getProduct', product.productId, (id: string) => shopApi.getProduct(id)],
        ['getOrder', order.orderId, (id: string) => shopApi.getOrder(id, account)],
        ['pay', order.orderId, (id: string) => shopApi.pay(id, payment)],
        ['cancelOrder', order.orderId, (id: string) => shopApi.cancelOrder(id, account)],
        ['getBalance', userId, (id: string) => shopApi.getBalance(id)],
        ['chargeBalance', userId, (id: string) => shopApi.chargeBalance(id, charge)],
      ] as const;
      const wrong: string[] = [];
      for (const [call, id, ask] of asks.filter(
        ([name]) => canAskForUnknownUser(profile, name) && shopApi.offers(name) && !isListed(profile, name),
      )) {
        wrong.push(
          ...(await wronglyAnswered(profile, ask, [idWithLetters(id)])).map((answer) => `${call} of ${answer}`),
        );
      }
      expect(wrong).toEqual([]);
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
    },
  );
});
