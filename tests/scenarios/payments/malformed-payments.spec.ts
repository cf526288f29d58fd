import {
  needsAmountThatCanBeWrong,
  needsNoLogIn,
  needsPaymentAmount,
  needsPaymentBody,
  needsUserInBody,
} from '../../../fixtures/needs.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { absentId, notIds } from '../../../helpers/profile/ids.ts';
import { keyAfterRefusal } from '../../../helpers/profile/key-after-refusal.ts';
import type { Field } from '../../../helpers/text/json.ts';

const wrongAmounts: readonly (readonly [string, Field])[] = [
  ['one won too low', 19_999],
  ['one won too high', 20_001],
  ['zero', 0],
  ['negative', -20_000],
  ['fractional and rounds down to it', 20_000.4],
  ['fractional and rounds up to it', 19_999.5],
  ['a thousandth of a won too high', 20_000.001],
  ['a thousandth of a won too low', 19_999.999],
  ['too high by what 32 bits do not hold', 20_000 + 2 ** 32],
  ['too low by what 32 bits do not hold', 20_000 - 2 ** 32],
  ['textual', '20000'],
];

const malformedBodies: readonly (readonly [string, string])[] = [
  ['JSON that breaks off', '{"userId": 1, "idempotencyKey": "k'],
  ['nothing', ''],
  ['a list', '[]'],
  ['a text', '"pay"'],
  ['null', 'null'],
  ['no JSON at all', 'userId=1&idempotencyKey=k'],
];

test.describe('bad input to a payment', { tag: '@contract' }, () => {
  for (const [kind, amount] of wrongAmounts) {
    test(
      `an amount that is ${kind} is refused and moves nothing`,
      { tag: '@balance' },
      async ({ newOrder, payOrder, shopApi, shopDatabase, catalogue, profile }) => {
        needsPaymentAmount(profile);
        needsAmountThatCanBeWrong(profile, amount);
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
        const before = await shopDatabase.stateOf([account], [product]);
        const { userId } = account;
        const idempotencyKey = catalogue.idempotencyKey();
        expect(await shopApi.pay(order.orderId, { userId, amount, idempotencyKey })).toBeRefusedFor('invalid-input');
        expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
        const key = keyAfterRefusal(profile, idempotencyKey);
        expect(await payOrder(order, key)).toBePaid(order, { remainingBalance: 30_000 });
      },
    );
  }

  for (const [kind, body] of malformedBodies) {
    test(`a body of ${kind} is refused and moves nothing`, async ({
      newOrder,
      shopApi,
      shopDatabase,
      catalogue,
      profile,
    }) => {
      needsPaymentBody(profile);
      const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const before = await shopDatabase.stateOf([account], [product]);
      const { orderId, userId } = order;
      const refused = await shopApi.sendText('pay', { orderId, userId }, body, {
        idempotencyKey: catalogue.idempotencyKey(),
      });
      expect(refused).toBeRefusedFor('invalid-input');
      expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
    });
  }

  test(
    'an amount of null is refused, or is none given',
    { tag: '@balance' },
    async ({ newOrder, payOrder, shopApi, catalogue, profile }) => {
      needsPaymentAmount(profile);
      const { order } = await newOrder({ balance: 50_000, price: 20_000 });
      const { orderId, userId } = order;
      const idempotencyKey = catalogue.idempotencyKey();
      const answer = await shopApi.pay(orderId, { userId, amount: null, idempotencyKey });
      for (const refused of [answer].filter(({ outcome }) => outcome !== 'ok')) {
        expect(refused).toBeRefusedFor('invalid-input');
      }
      const key = keyAfterRefusal(profile, idempotencyKey);
      const [paid = await payOrder(order, key)] = [answer].filter(({ outcome }) => outcome === 'ok');
      expect(paid).toBePaid(order, { remainingBalance: 30_000 });
    },
  );

  test('a user that is missing, null or not in form is refused', async ({
    newOrder,
    shopApi,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsUserInBody(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
    for (const userId of notIds(profile.ids.user, account.userId)) {
      const idempotencyKey = catalogue.idempotencyKey();
      const refused = await shopApi.pay(order.orderId, { userId, idempotencyKey });
      // Read as 0, it is a user that there is not, or not the order's.
      expect(refused).toBeRefusedFor(['invalid-input', 'foreign-order', 'unknown-user']);
    }
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000], payments: [] });
  });

  test('a user that does not exist pays nobody’s order', async ({
    newOrder,
    shopApi,
    shopDatabase,
    catalogue,
    profile,
  }) => {
    needsNoLogIn(profile);
    needsUserInBody(profile, 'pay');
    const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
    const refused = await shopApi.pay(order.orderId, {
      userId: absentId(account.userId),
      idempotencyKey: catalogue.idempotencyKey(),
    });
    expect(refused).toBeRefusedFor(['foreign-order', 'unknown-user']);
    expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000], payments: [] });
  });
});
