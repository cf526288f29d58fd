import { needsForgottenRefusals, needsKeys, needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { notApplicableIf } from '../../../../fixtures/needs/not-applicable.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { test } from '../../../../fixtures/test.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

// The suite holds one row that a request needs, and asks for another one that the request has locked by then.
test.describe(
  'deadlock victims',
  {
    tag: ['@idempotency', '@balance', '@stock', '@contract'],
    annotation: promise('interrupted-request-all-or-nothing'),
  },
  () => {
    test.beforeEach(({ profile }) => {
      needsForgottenRefusals(profile);
    });

    for (const [call, row, title] of [
      ['pay', 'balance', 'payment that loses a deadlock while it waits for the balance is made once in the end'],
      ['pay', 'product', 'payment that loses a deadlock while it waits for the product is made once in the end'],
      [
        'createOrder',
        'product',
        'order that loses a deadlock while it waits for the product is placed once in the end',
      ],
    ] as const) {
      test(title, async ({ newRequest, newProduct, newKey, profile, interrupt, expectAllOrNothing }) => {
        needsRetries(profile, call);
        const request = await newRequest(call);
        const ballast = await newProduct({ price: 10_000, stock: 100 });
        const key = newKey();
        const send = () => request.send(key);
        const { [row]: held = request.neededRow, ...others } = request.rows;

        const over = Object.values(others);
        for (const first of await interrupt({ row: held, interruption: { by: 'deadlock', over, ballast } }, send)) {
          await expectAllOrNothing({ ...request, send, isKeyed: true }, first);
        }
      });
    }

    test('top-up that loses a deadlock while it records its key is added once in the end', async ({
      newRequest,
      newProduct,
      newKey,
      shopDatabase,
      profile,
      interrupt,
      expectAllOrNothing,
    }) => {
      needsKeys(profile, 'chargeBalance');
      const request = await newRequest('chargeBalance');
      const { userId } = request.account;
      const tables = (await shopDatabase.keyRows(request.account, 'chargeBalance')).map(({ table }) => table);
      notApplicableIf(tables.length === 0, 'the profile names no table of such keys');
      const ballast = await newProduct({ price: 10_000, stock: 100 });
      const key = newKey();
      const send = () => request.send(key);

      const over = Object.values(request.rows);
      const place = { row: { newKey: { userId, tables } }, naming: key };
      for (const first of await interrupt({ ...place, interruption: { by: 'deadlock', over, ballast } }, send)) {
        await expectAllOrNothing({ ...request, send, isKeyed: true }, first);
      }
    });

    for (const [status, row, title] of [
      [
        'pending',
        'product',
        'cancellation that loses a deadlock while it waits for the product is made once in the end',
      ],
      [
        'paid',
        'balance',
        'cancellation of a paid order that loses a deadlock while it waits for the balance refunds once in the end',
      ],
      [
        'paid',
        'product',
        'cancellation of a paid order that loses a deadlock while it waits for the product refunds once in the end',
      ],
    ] as const) {
      test(title, async ({ newCancellation, newProduct, interrupt, expectAllOrNothing }) => {
        const request = await newCancellation(status);
        const ballast = await newProduct({ price: 10_000, stock: 100 });

        const { [row]: held, ...others } = request.rows;
        const interruption = { by: 'deadlock', over: Object.values(others), ballast } as const;
        for (const first of await interrupt({ row: held, interruption }, request.send)) {
          await expectAllOrNothing(request, first);
        }
      });
    }
  },
);
