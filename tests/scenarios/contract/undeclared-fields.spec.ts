import { offered } from '../../../helpers/profile/endpoint-forms.ts';
import { needsOrderInPath, needsUserInPath } from '../../../fixtures/needs/needs.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { fieldName } from '../../../helpers/api/request-body.ts';

test.describe(
  'undeclared fields',
  { tag: ['@balance', '@contract'], annotation: promise('undeclared-fields-decide-nothing') },
  () => {
    test('top-up with another user in its body credits only the user of its path, or is refused', async ({
      newAccount,
      shopApi,
      shopDatabase,
      newKey,
      profile,
    }) => {
      needsUserInPath(profile);
      const one = await newAccount({ balance: 5_000 });
      const other = await newAccount({ balance: 5_000 });
      const { outcome } = await shopApi.chargeBalance(one.userId, {
        amount: 1_000,
        idempotencyKey: newKey(),
        further: { [profile.endpoints.createOrder.body.userId ?? 'userId']: other.userId },
      });
      // A target may refuse undeclared fields or ignore them, but not follow them.
      const { balances } = await shopDatabase.stateOf([one, other]);
      expect({ balances }, 'of the user in the path and of the one in the body').toEqual({
        balances: outcome === 'ok' ? [6_000, 5_000] : [5_000, 5_000],
      });
    });

    test('payment with another order in its body pays only the order of its path, or is refused', async ({
      newOrder,
      placeOrder,
      shopApi,
      shopDatabase,
      newKey,
      profile,
    }) => {
      needsOrderInPath(profile);
      const { account, product, order } = await newOrder({ balance: 100_000, price: 10_000 });
      const other = await placeOrder(account, { product, quantity: 2 });
      const paid = await shopApi.pay(order.orderId, {
        userId: account.userId,
        idempotencyKey: newKey(),
        further: { [fieldName(offered(profile.endpoints.pay)?.answer.orderId, 'orderId')]: other.orderId },
      });
      expect(await shopDatabase.stateOf([account]), 'the order of the path comes first').toMatchObject(
        paid.outcome === 'ok'
          ? { balances: [90_000], orders: ['paid', 'pending'], payments: [10_000] }
          : { balances: [100_000], orders: ['pending', 'pending'], payments: [] },
      );
    });
  },
);
