import { needsKeyTables } from '../../../../fixtures/needs/needs-key-tables.ts';
import { needsForgottenRefusals, needsKeys, needsRetries } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { test } from '../../../../fixtures/test.ts';
import { underOneKey } from '../../../../fixtures/test-data/under-one-key.ts';

// One worker runs this file, so that the others stay busy while it waits at a gate.
test.describe.configure({ mode: 'default' });

test.describe(
  'lock-wait time-outs',
  {
    tag: ['@idempotency', '@balance', '@stock', '@contract'],
    annotation: promise('interrupted-request-all-or-nothing'),
  },
  () => {
    test.beforeEach(({ profile }) => {
      needsForgottenRefusals(profile);
    });

    for (const [call, row, title] of [
      ['pay', 'balance', 'payment that waits too long for the balance is made once in the end'],
      ['pay', 'product', 'payment that waits too long for the product is made once in the end'],
      ['chargeBalance', 'balance', 'top-up that waits too long for the balance is added once in the end'],
    ] as const) {
      test(title, async ({ newRequest, newKey, profile, patientApi, interrupt, expectAllOrNothing }) => {
        needsRetries(profile, call);
        const request = underOneKey(await newRequest(call), newKey(), patientApi);
        const { [row]: held = request.neededRow } = request.rows;

        for (const first of await interrupt({ row: held, interruption: { by: 'time-out' } }, request.send)) {
          await expectAllOrNothing(request, first);
        }
      });
    }

    test('payment that waits too long for the record of its key, once it is made, is made once in the end', async ({
      newRequest,
      newKey,
      shopDatabase,
      profile,
      patientApi,
      interrupt,
      expectAllOrNothing,
    }) => {
      needsKeys(profile, 'pay');
      const request = underOneKey(await newRequest('pay'), newKey(), patientApi);
      const keysOf = await needsKeyTables(shopDatabase, request.account, 'pay');
      const { order: first = request.neededRow } = request.rows;

      const place = { row: { keysOf }, first, interruption: { by: 'time-out' } } as const;
      for (const answer of await interrupt(place, request.send)) {
        await expectAllOrNothing(request, answer);
      }
    });

    test('cancellation that waits too long for its order is made once in the end', async ({
      newCancellation,
      patientApi,
      interrupt,
      expectAllOrNothing,
    }) => {
      const request = await newCancellation('pending');
      const send = () => request.send(patientApi);

      const held = { row: request.rows.order, interruption: { by: 'time-out' } } as const;
      for (const first of await interrupt(held, send)) await expectAllOrNothing({ ...request, send }, first);
    });
  },
);
