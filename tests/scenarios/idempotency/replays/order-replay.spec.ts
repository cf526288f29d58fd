import { concurrently } from '../../../../fixtures/races/concurrently.ts';
import { needsKeyRequiredFor, needsKeys, needsKeysOf } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf, orderOfLines } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { expectedStock } from '../../../../helpers/ledger/expected-stock.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';

test.describe('order replay', { tag: ['@idempotency', '@orders'] }, () => {
  test.beforeEach(({ profile }) => {
    needsKeys(profile, 'createOrder');
  });

  test(
    'replayed order answers the original and creates no second order',
    { annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
    async ({ newBuyer, shopApi, shopDatabase, newKey }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
      const request = orderOf(account, product, { quantity: 2, idempotencyKey: newKey() });
      const original = await shopApi.createOrder(request);
      expect(original).toBeOrdered({ userId: account.userId, lines: [{ ...product, quantity: 2 }] });

      for (const ordinal of ['first', 'second']) {
        const replay = await test.step(`${ordinal} replay`, () => shopApi.createOrder(request));

        expect(replay).toReplay(original);
      }
      expect(await shopDatabase.stateOf([account], [product])).toEqual({
        balances: [100_000],
        stock: [expectedStock(10, { pending: 2 })],
        orders: ['pending'],
        payments: [],
      });
    },
  );

  test(
    'order replayed after payment, price change and sell-out answers the original',
    { annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
    async ({ newBuyer, payOrder, shopApi, shopDatabase, newKey }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 2 });
      const request = orderOf(account, product, { quantity: 2, idempotencyKey: newKey() });
      const original = await shopApi.createOrder(request);
      const order = requireAnswer(original);
      expect(await payOrder(order)).toBePaid(order);

      await test.step('the product now costs 99,000 won', () => shopDatabase.setPrice(product, 99_000));

      expect(await shopApi.createOrder(request)).toReplay(original);
      const state = await shopDatabase.stateOf([account], [product]);
      expect(state).toEqual({ balances: [80_000], stock: [0], orders: ['paid'], payments: [20_000] });
    },
  );

  test(
    '20 concurrent duplicates of an order create 1 order',
    { annotation: promise('concurrent-duplicates-take-effect-once') },
    async ({ newBuyer, shopApi, shopDatabase, newKey }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000 });
      const request = orderOf(account, product, { idempotencyKey: newKey() });
      const send = () => shopApi.createOrder(request);
      const answers = await concurrently(20, () => untilSettled(send));
      expect(new Set(answers.map((answer) => requireAnswer(answer).orderId)).size).toBe(1);
      const replay = await untilSettled(send);
      for (const answer of answers) expect(replay).toReplay(answer);
      expect(await shopDatabase.stateOf([account], [product])).toMatchObject({
        stock: [expectedStock(100, { pending: 1 })],
        orders: ['pending'],
      });
    },
  );

  test(
    'order key reused with another product or quantity is refused',
    { annotation: promise('key-bound-to-request') },
    async ({ newBuyer, newProduct, shopApi, shopDatabase, newKey }) => {
      const { account, product } = await newBuyer({ balance: 200_000, price: 10_000, stock: 10 });
      const other = await newProduct({ price: 10_000, stock: 10 });
      const idempotencyKey = newKey();
      const request = orderOf(account, product, { idempotencyKey });
      const original = await shopApi.createOrder(request);

      for (const changed of [
        orderOf(account, product, { quantity: 2, idempotencyKey }),
        orderOf(account, other, { idempotencyKey }),
      ]) {
        expect(await shopApi.createOrder(changed)).toBeRefusedFor('key-reuse');
      }
      for (const [quantity, ...causes] of [
        [11, 'stock'],
        [0, 'invalid-quantity', 'invalid-input'],
      ] as const) {
        const refused = await shopApi.createOrder(orderOf(account, product, { quantity, idempotencyKey }));
        // A request of its own would be refused for this cause, too.
        expect(refused).toBeRefusedFor(['key-reuse', ...causes]);
        expect(await shopApi.createOrder(request)).toReplay(original);
      }
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
    },
  );

  test(
    'order key reused with an added, removed or changed line is refused',
    { annotation: promise('key-bound-to-request') },
    async ({ holdsAtOnce, newAccount, newProduct, shopApi, shopDatabase, newKey }) => {
      holdsAtOnce({ products: 3 });
      const account = await newAccount({ balance: 100_000 });
      const makeLine = async (quantity: number) => ({ ...(await newProduct({ price: 10_000, stock: 10 })), quantity });
      const [first, second, third] = [await makeLine(1), await makeLine(2), await makeLine(1)];
      const idempotencyKey = newKey();
      const request = orderOfLines(account, [first, second], { idempotencyKey });
      const original = await shopApi.createOrder(request);
      expect(original.outcome).toBe('ok');

      for (const [change, changed] of [
        ['another quantity on the second line', [first, { ...second, quantity: 3 }]],
        ['without the second line', [first]],
        ['with a third line', [first, second, third]],
        [
          'with the quantities swapped',
          [
            { ...first, quantity: 2 },
            { ...second, quantity: 1 },
          ],
        ],
      ] as const) {
        const refused = await test.step(change, () =>
          shopApi.createOrder(orderOfLines(account, changed, { idempotencyKey })),
        );

        expect(refused).toBeRefusedFor('key-reuse');
      }
      expect(await shopApi.createOrder(request)).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending'] });
    },
  );

  test(
    'order replayed after its cancellation answers the original and creates no second order',
    { annotation: promise('replay-answers-original', 'replay-takes-effect-once') },
    async ({ newBuyer, shopApi, shopDatabase, newKey }) => {
      const { account, product } = await newBuyer({ balance: 100_000, price: 10_000, stock: 10 });
      const request = orderOf(account, product, { quantity: 2, idempotencyKey: newKey() });
      const original = await shopApi.createOrder(request);
      requireAnswer(await shopApi.cancelOrder(requireAnswer(original).orderId, account));

      expect(await shopApi.createOrder(request)).toReplay(original);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['cancelled'] });
    },
  );

  test(
    'orders of 2 users under the same key are both created',
    { annotation: promise('key-belongs-to-user-and-call') },
    async ({ newAccount, newProduct, shopApi, newKey, profile }) => {
      needsKeysOf(profile, 'user');
      const one = await newAccount({ balance: 50_000 });
      const other = await newAccount({ balance: 50_000 });
      const product = await newProduct({ price: 10_000, stock: 10 });
      const idempotencyKey = newKey();
      const ofOne = await shopApi.createOrder(orderOf(one, product, { idempotencyKey }));
      const ofOther = await shopApi.createOrder(orderOf(other, product, { idempotencyKey }));
      expect(ofOne).toBeOrdered({ userId: one.userId, lines: [{ ...product, quantity: 1 }] });
      expect(ofOther).toBeOrdered({ userId: other.userId, lines: [{ ...product, quantity: 1 }] });
      expect(requireAnswer(ofOther).orderId).not.toBe(requireAnswer(ofOne).orderId);
    },
  );

  test(
    '2 identical orders without a key are both created',
    { annotation: promise('keys-compared-exactly') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      notApplicableIf(profile.policies.key.requiredFor.includes('createOrder'), 'orders of this target demand a key');
      const { account, product } = await newBuyer({ balance: 20_000, price: 10_000, stock: 10 });
      const request = orderOf(account, product);
      const first = requireAnswer(await shopApi.createOrder(request));
      const second = requireAnswer(await shopApi.createOrder(request));
      expect(second.orderId).not.toBe(first.orderId);
      expect(second.orderNumber ?? '').not.toBe(first.orderNumber);
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: ['pending', 'pending'] });
    },
  );

  test(
    'order without its required key is refused and creates nothing',
    { annotation: promise('malformed-key-refused') },
    async ({ newBuyer, shopApi, shopDatabase, profile }) => {
      needsKeyRequiredFor(profile, 'createOrder');
      const { account, product } = await newBuyer({ balance: 10_000, price: 10_000, stock: 10 });
      const refused = await shopApi.createOrder(orderOf(account, product, { idempotencyKey: undefined }));
      expect(refused).toBeRefusedFor('invalid-input');
      expect(await shopDatabase.stateOf([account])).toMatchObject({ orders: [] });
    },
  );
});
