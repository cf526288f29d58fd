import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { sendWithNumberKey } from '../../../../fixtures/races/send-with-number-key.ts';
import { expect, test } from '../../../../fixtures/test.ts';

test.describe(
  'number keys',
  { tag: ['@idempotency', '@contract'], annotation: promise('odd-key-refused-or-honoured') },
  () => {
    for (const [call, title, tag] of [
      ['pay', 'payment with a number as idempotency key is refused or charged once as its text', []],
      ['createOrder', 'order with a number as idempotency key is refused or created once as its text', ['@orders']],
      ['chargeBalance', 'top-up with a number as idempotency key is refused or added once as its text', ['@balance']],
    ] as const) {
      test(title, { tag: [...tag] }, async ({ newRequest, shopDatabase, catalogue, profile }) => {
        needsKeys(profile, call);
        const { account, send, malformed, expectSuccess, after } = await newRequest(call);
        expectSuccess(await sendWithNumberKey(send, catalogue.digits(9), malformed));
        expect(await shopDatabase.stateOf([account])).toMatchObject(after);
      });
    }
  },
);
