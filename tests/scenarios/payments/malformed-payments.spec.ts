import { needsNoLogIn, needsPaymentBody, needsUserInBody } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { paymentBy } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { absentId, malformedIds } from '../../../helpers/profile/ids.ts';

const malformedBodies: readonly (readonly [string, string])[] = [
  ['a truncated JSON', '{"userId": 1, "idempotencyKey": "k'],
  ['an empty', ''],
  ['a JSON array', '[]'],
  ['a JSON string', '"pay"'],
  ['a null', 'null'],
  ['a form-encoded', 'userId=1&idempotencyKey=k'],
];

test.describe('malformed payments', { tag: '@contract' }, () => {
  for (const [kind, body] of malformedBodies) {
    test(
      `payment with ${kind} body is refused and moves nothing`,
      { annotation: promise('malformed-input-refused') },
      async ({ newOrder, shopApi, shopDatabase, newKey, profile }) => {
        needsPaymentBody(profile);
        const { account, product, order } = await newOrder({ balance: 50_000, price: 20_000 });
        const before = await shopDatabase.stateOf([account], [product]);
        const { orderId, userId } = order;
        const refused = await shopApi.sendText('pay', { orderId, userId }, body, {
          idempotencyKey: newKey(),
        });
        expect(refused).toBeRefusedFor('invalid-input');
        expect(await shopDatabase.stateOf([account], [product])).toEqual(before);
      },
    );
  }

  test(
    'payment with a missing or malformed user id is refused and debits nothing',
    { annotation: promise('malformed-input-refused') },
    async ({ newOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsUserInBody(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      for (const userId of malformedIds(profile.ids.user, account.userId)) {
        const idempotencyKey = newKey();
        const refused = await shopApi.pay(order.orderId, paymentBy({ userId }, idempotencyKey));
        // A target may read it as 0, which is an unknown user or not the order's.
        expect(refused).toBeRefusedFor(['invalid-input', 'foreign-order', 'unknown-user']);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000], payments: [] });
    },
  );

  test(
    'payment by an unknown user is refused and debits nothing',
    { annotation: promise('unknown-ids-refused') },
    async ({ newOrder, shopApi, shopDatabase, newKey, profile }) => {
      needsNoLogIn(profile);
      needsUserInBody(profile, 'pay');
      const { account, order } = await newOrder({ balance: 50_000, price: 20_000 });
      const refused = await shopApi.pay(order.orderId, paymentBy({ userId: absentId(account.userId) }, newKey()));
      expect(refused).toBeRefusedFor(['foreign-order', 'unknown-user']);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances: [50_000], payments: [] });
    },
  );
});
