import { needsKeys } from '../../../../fixtures/needs/needs-keys.ts';
import { promise } from '../../../../fixtures/promises/promise.ts';
import { orderOf } from '../../../../fixtures/api/requests.ts';
import { expect, test } from '../../../../fixtures/test.ts';
import { requireAnswer } from '../../../../helpers/api/answers/require-answer.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

/** Returns how many orders 2 requests with an empty or null key may create: none where a key is required. */
const getAllowedOrderCounts = ({ policies }: TargetProfile): readonly number[] =>
  policies.key.requiredFor.includes('createOrder') ? [0] : [0, 2];

test.describe(
  'empty order keys',
  { tag: ['@idempotency', '@contract'], annotation: promise('keys-compared-exactly') },
  () => {
    for (const [kind, idempotencyKey] of [
      ['an empty idempotency key', ''],
      ['a null idempotency key', null],
    ] as const) {
      test(
        `2 orders with ${kind} are both refused or both created`,
        { tag: '@orders' },
        async ({ newBuyer, shopApi, shopDatabase, profile }) => {
          needsKeys(profile, 'createOrder');
          const { account, product } = await newBuyer({ balance: 20_000, price: 10_000, stock: 10 });
          const request = orderOf(account, product, { idempotencyKey });
          const answers = [await shopApi.createOrder(request), await shopApi.createOrder(request)];
          const made = answers.filter(({ outcome }) => outcome === 'ok');
          for (const answer of answers.filter(({ outcome }) => outcome !== 'ok')) {
            expect(answer).toBeRefusedFor('invalid-input');
          }
          expect(getAllowedOrderCounts(profile)).toContain(made.length);
          const different = new Set(made.map((answer) => requireAnswer(answer).orderId)).size;
          expect(different, 'orders made of those that were answered').toBe(made.length);
          expect((await shopDatabase.stateOf([account])).orders).toHaveLength(made.length);
        },
      );
    }
  },
);
