import { needsKeyTables } from '../../../../fixtures/needs/needs-key-tables.ts';
import { needsForgottenRefusals, needsKeys, needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { test } from '../../../../fixtures/test.ts';
import { underOneKey } from '../../../../fixtures/test-data/under-one-key.ts';

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
        const request = underOneKey(await newRequest(call), newKey());
        const ballast = await newProduct({ price: 10_000, stock: 100 });
        const { [row]: held = request.neededRow, ...others } = request.rows;

        const interruption = { by: 'deadlock', over: Object.values(others), ballast } as const;
        for (const first of await interrupt({ row: held, interruption }, request.send)) {
          await expectAllOrNothing(request, first);
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
      const key = newKey();
      const request = underOneKey(await newRequest('chargeBalance'), key);
      const newKeyRow = await needsKeyTables(shopDatabase, request.account, 'chargeBalance');
      const ballast = await newProduct({ price: 10_000, stock: 100 });

      const interruption = { by: 'deadlock', over: Object.values(request.rows), ballast } as const;
      const place = { row: { newKey: newKeyRow }, interruption, naming: key };
      for (const first of await interrupt(place, request.send)) {
        await expectAllOrNothing(request, first);
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
