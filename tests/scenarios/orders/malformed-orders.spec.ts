import { needsNoLogIn, needsUserInBody } from '../../../fixtures/needs/needs.ts';
import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { orderOf, orderOfLines } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { absentId, malformedIds, type Id } from '../../../helpers/profile/ids.ts';
import { moneyCodec } from '../../../helpers/profile/money-codec.ts';
import { fieldName } from '../../../helpers/api/request-body.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

const malformedBodies: readonly (readonly [string, string])[] = [
  ['a truncated JSON', '{"userId": 1, "items": [{'],
  ['an empty', ''],
  ['a JSON array', '[]'],
  ['a JSON string', '"order"'],
  ['a null', 'null'],
  ['a form-encoded', 'userId=1'],
];

const unknownProducts: readonly (readonly [string, idsFor: (known: Id) => Id[]])[] = [
  ['an unknown product', (known) => [absentId(known)]],
  ['an unknown product beside a known one', (known) => [known, absentId(known)]],
];

/** Returns a discount and a paid status in the fields and words of the target, as a cheating client would send them. */
const cheatingFields = ({ endpoints, orderStatus }: TargetProfile) => {
  const { discountAmount, status } = endpoints.createOrder.answer;
  return { [fieldName(discountAmount, 'discountAmount')]: 19_999, [fieldName(status, 'status')]: orderStatus.paid };
};

/** Returns prices and sums of a line as a cheating client would send them. */
const cheapLine = ({ endpoints, money }: TargetProfile) => {
  const cheap = moneyCodec(money).toJson(1);
  const { unitPrice = 'unitPrice' } = endpoints.createOrder.body;
  return { price: cheap, unitPrice: cheap, subtotal: cheap, [unitPrice]: cheap };
};

test.describe('malformed orders', { tag: ['@contract', '@orders'] }, () => {
  for (const [kind, body] of malformedBodies) {
    test(
      `order with ${kind} body is refused`,
      { annotation: promise('malformed-input-refused') },
      async ({ account, shopApi, newKey }) => {
        const idempotencyKey = newKey();
        const refused = await shopApi.sendText('createOrder', { userId: account.userId }, body, { idempotencyKey });
        expect(refused).toBeRefusedFor('invalid-input');
      },
    );
  }

  test(
    'client-supplied price, discount and status of an order are refused or ignored',
    { tag: '@balance', annotation: promise('undeclared-fields-decide-nothing') },
    async ({ newBuyer, shopApi, shopDatabase, newKey, profile }) => {
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      const answer = await shopApi.createOrder({
        userId: account.userId,
        items: [{ productId: product.productId, quantity: 2, further: cheapLine(profile) }],
        idempotencyKey: newKey(),
        further: { totalAmount: 2, ...cheatingFields(profile) },
      });
      // A target may refuse unknown fields, but never sell at prices from them.
      const totals = (await shopDatabase.ledger([account], [product])).orders.map(({ total }) => total);
      const { orders, balances } = await shopDatabase.stateOf([account]);
      expect({ totals, orders, balances }).toEqual({
        totals: answer.outcome === 'ok' ? [20_000] : [],
        orders: totals.map(() => 'pending'),
        balances: [50_000],
      });
    },
  );

  test(
    'order whose line states a price of 1 won is refused or charged at the price of the product',
    { tag: '@balance', annotation: promise('stated-prices-decide-nothing') },
    async ({ newBuyer, payOrder, shopApi, shopDatabase, newKey, profile }) => {
      const { unitPrice } = profile.endpoints.createOrder.body;
      notApplicableIf(unitPrice === undefined, 'no line of an order states a price');
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      const { userId } = account;
      const ordered = await shopApi.createOrder({
        userId,
        items: [{ productId: product.productId, quantity: 2, price: 1 }],
        idempotencyKey: newKey(),
      });
      const placed = [ordered].filter(({ outcome }) => outcome === 'ok');
      const paid = await Promise.all(placed.map((order) => payOrder(requireAnswer(order))));
      const ofPayments = paid.filter(({ outcome }) => outcome === 'ok');
      // What is charged matters more than what the order says.
      const charged = { order: placed, payment: ofPayments }[profile.policies.balanceIsTakenAt ?? 'payment'];
      const balances = [50_000 - 20_000 * charged.length];
      const orders = placed.map(() => expect.anything());
      expect(await shopDatabase.stateOf([account])).toMatchObject({ balances, orders });
      for (const order of placed) expect(order).toBeOrdered({ userId, lines: [{ ...product, quantity: 2 }] });
    },
  );

  test(
    'order without lines is refused and creates nothing',
    { annotation: promise('malformed-input-refused') },
    async ({ newAccount, shopApi, shopDatabase }) => {
      const account = await newAccount({ balance: 50_000 });
      for (const items of [undefined, []]) {
        const refused = await shopApi.createOrder({ userId: account.userId, items });
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-quantity']);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: [] });
    },
  );

  test(
    'order with lines of the wrong JSON type is refused and creates nothing',
    { annotation: promise('malformed-input-refused') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
      needsUserInBody(profile, 'createOrder');
      const account = await newAccount({ balance: 50_000 });
      const { body } = profile.endpoints.createOrder;
      notApplicableIf(body.items === undefined, 'an order of this target is one line');
      const { userId } = account;
      for (const lines of [null, [null], ['chair'], {}, 'chair', 1]) {
        const text = JSON.stringify({ [body.userId ?? '']: userId, [body.items ?? '']: lines });
        const refused = await shopApi.sendText('createOrder', { userId }, text, {
          idempotencyKey: newKey(),
        });
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-quantity', 'unknown-product']);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: [] });
    },
  );

  for (const [products, idsFor] of unknownProducts) {
    test(
      `order of ${products} is refused and creates nothing`,
      { annotation: promise('unknown-ids-refused') },
      async ({ newBuyer, shopApi, shopDatabase }) => {
        const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
        const lines = idsFor(product.productId).map((productId) => ({ productId, quantity: 1 }));
        expect(await shopApi.createOrder(orderOfLines(account, lines))).toBeRefusedFor('unknown-product');
        expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
      },
    );
  }

  test(
    'order line with a missing or malformed product id is refused and creates nothing',
    { annotation: promise('malformed-input-refused') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      for (const productId of malformedIds(profile.ids.product, product.productId)) {
        const lines = [product.productId, productId].map((id) => ({ productId: id, quantity: 1 }));
        const refused = await shopApi.createOrder(orderOfLines(account, lines));
        expect(refused).toBeRefusedFor(['invalid-input', 'unknown-product']);
      }
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
    },
  );

  test(
    'order by an unknown user is refused and takes no stock',
    { annotation: promise('unknown-ids-refused') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      needsNoLogIn(profile);
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      const refused = await shopApi.createOrder(orderOf({ userId: absentId(account.userId) }, product));
      expect(refused).toBeRefusedFor('unknown-user');
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10] });
    },
  );

  test(
    'order with a missing or malformed user id is refused and creates nothing',
    { annotation: promise('malformed-input-refused') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      needsUserInBody(profile, 'createOrder');
      const { account, product } = await newBuyer({ balance: 50_000, price: 10_000, stock: 10 });
      for (const userId of malformedIds(profile.ids.user, account.userId)) {
        // A target may read it as 0, which is an unknown user.
        expect(await shopApi.createOrder(orderOf({ userId }, product))).toBeRefusedFor([
          'invalid-input',
          'unknown-user',
        ]);
      }
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({ stock: [10], orders: [] });
    },
  );
});
