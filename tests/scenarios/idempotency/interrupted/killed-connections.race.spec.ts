import { needsBalanceTakenAtPayment } from '../../../../fixtures/needs/needs.ts';
import { needsKeyTables } from '../../../../fixtures/needs/needs-key-tables.ts';
import { needsForgottenRefusals, needsKeys, needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { oneByOne } from '../../../../fixtures/races/one-by-one.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { underOneKey } from '../../../../fixtures/test-data/under-one-key.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { untilSettled } from '../../../../fixtures/races/until-settled.ts';
import { neededToPay } from '../../../../helpers/database/rows/needed-to-pay.ts';

/** Connection pools hold 10 (HikariCP) to 20: a target that loses one with each connection runs out of them. */
const killedCount = 26;

const readCount = 13;

const killedWhileWaiting = 'whose connection is killed while it waits for';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe(
  'killed connections',
  {
    tag: ['@idempotency', '@balance', '@stock', '@contract'],
    annotation: promise('interrupted-request-all-or-nothing'),
  },
  () => {
    test.beforeEach(({ profile }) => {
      needsForgottenRefusals(profile);
    });

    for (const [call, row, title] of [
      ['pay', 'balance', `payment ${killedWhileWaiting} the balance is made once in the end`],
      ['pay', 'product', `payment ${killedWhileWaiting} the product is made once in the end`],
      ['pay', 'order', `payment ${killedWhileWaiting} its order is made once in the end`],
      ['createOrder', 'user', `order ${killedWhileWaiting} its user is placed once in the end`],
      ['createOrder', 'product', `order ${killedWhileWaiting} the product is placed once in the end`],
      ['chargeBalance', 'balance', `top-up ${killedWhileWaiting} the balance is added once in the end`],
    ] as const) {
      test(title, async ({ newRequest, newKey, profile, interrupt, expectAllOrNothing }) => {
        needsRetries(profile, call);
        const request = underOneKey(await newRequest(call), newKey());
        const { [row]: held = request.neededRow } = request.rows;

        for (const first of await interrupt({ row: held, interruption: { by: 'kill' } }, request.send)) {
          await expectAllOrNothing(request, first);
        }
      });
    }

    for (const [call, title] of [
      ['pay', 'payment whose connection is killed while it records its key is made once in the end'],
      ['createOrder', 'order whose connection is killed while it records its key is placed once in the end'],
      ['chargeBalance', 'top-up whose connection is killed while it records its key is added once in the end'],
    ] as const) {
      test(title, async ({ newRequest, newKey, shopDatabase, profile, interrupt, expectAllOrNothing }) => {
        needsKeys(profile, call);
        const key = newKey();
        const request = underOneKey(await newRequest(call), key);
        const newKeyRow = await needsKeyTables(shopDatabase, request.account, call);

        const place = { row: { newKey: newKeyRow }, interruption: { by: 'kill' }, naming: key } as const;
        for (const first of await interrupt(place, request.send)) {
          await expectAllOrNothing(request, first);
        }
      });
    }

    test(`cancellation ${killedWhileWaiting} its order is made once in the end`, async ({
      newCancellation,
      interrupt,
      expectAllOrNothing,
    }) => {
      const request = await newCancellation('pending');

      const held = { row: request.rows.order, interruption: { by: 'kill' } } as const;
      for (const first of await interrupt(held, request.send)) await expectAllOrNothing(request, first);
    });

    for (const row of ['balance', 'product'] as const) {
      test(`cancellation of a paid order ${killedWhileWaiting} the ${row} refunds once in the end`, async ({
        newCancellation,
        interrupt,
        expectAllOrNothing,
      }) => {
        const request = await newCancellation('paid');

        const held = { row: request.rows[row], interruption: { by: 'kill' } } as const;
        for (const first of await interrupt(held, request.send)) await expectAllOrNothing(request, first);
      });
    }

    test(
      `next 40 requests succeed after the connections of ${killedCount} payments were killed`,
      { annotation: promise('ended-connections-leave-api-usable') },
      async ({ newOrders, payOrder, shopApi, shopDatabase, newKey, profile, interrupt }) => {
        needsKeys(profile, 'pay');
        needsBalanceTakenAtPayment(profile);
        const { account, product, orders } = await newOrders(killedCount + 1, { balance: 1_000_000, price: 10_000 });
        const payments = orders.map((order) => ({ order, key: newKey() }));
        const [next, ...killed] = payments;

        const answers = await interrupt(
          { row: neededToPay(profile, account, product), interruption: { by: 'kill', times: killedCount } },
          ...killed.map(
            ({ order, key }) =>
              () =>
                payOrder(order, key),
          ),
        );
        for (const answer of answers) expect(answer).toSucceedOrAskAgain();
        for (const { order, key } of [next ?? []].flat()) expect(await payOrder(order, key)).toBePaid(order);
        const retried = await oneByOne(killed, ({ order, key }) => untilSettled(() => payOrder(order, key)));
        expect(retried).toHaveOutcomes({ ok: killedCount });
        const reads = await oneByOne(Array.from({ length: readCount }), () => shopApi.getProduct(product.productId));
        expect(reads).toHaveOutcomes({ ok: readCount });
        const { balances } = await shopDatabase.stateOf([account]);
        expect(balances).toEqual([1_000_000 - payments.length * 10_000]);
      },
    );
  },
);
