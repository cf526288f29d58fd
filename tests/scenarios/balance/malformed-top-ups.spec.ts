import { needsAmountThatCanBeWrong, needsNoLogIn, needsTextAmounts } from '../../../fixtures/needs/needs.ts';
import { needsKeyRequiredFor } from '../../../fixtures/needs/needs-keys.ts';
import { needsAmountBeyondBalances } from '../../../fixtures/needs/needs-amount-beyond-balances.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import type { Field } from '../../../helpers/text/json.ts';
import { absentId } from '../../../helpers/profile/ids.ts';
import { moneyCodec } from '../../../helpers/profile/money-codec.ts';
import { keyAfterRefusal } from '../../../helpers/profile/key-after-refusal.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';

const badAmounts: readonly (readonly [string, Field])[] = [
  ['amount 0', 0],
  // Beyond the balance and within it: a column that takes no balance below 0 refuses the first one anyway.
  ['a negative amount', -10_000],
  ['a negative amount within the balance', -1_000],
  ['a fractional amount', 10_000.5],
  ['an amount as text', '10000'],
  ['no amount', undefined],
  ['a null amount', null],
  ['a 20-digit amount', 10 ** 19],
  ['a 30-digit amount', 10 ** 30],
];

test.describe('malformed top-ups', { tag: ['@balance', '@contract'] }, () => {
  for (const [kind, amount] of badAmounts) {
    test(
      `top-up with ${kind} is refused and adds nothing`,
      { annotation: promise('malformed-amount-refused') },
      async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
        needsAmountThatCanBeWrong(profile, amount);
        await needsAmountBeyondBalances(amount, profile, shopDatabase);
        const { userId } = await newAccount({ balance: 5_000 });
        const idempotencyKey = newKey();
        const refused = await shopApi.chargeBalance(userId, topUpOf(amount, idempotencyKey));
        expect(refused).toBeRefusedFor(['invalid-charge', 'invalid-input']);
        expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [5_000] });
        const charged = await shopApi.chargeBalance(userId, {
          amount: 1_000,
          idempotencyKey: keyAfterRefusal(profile, idempotencyKey),
        });
        expect(requireAnswer(charged).balance).toBe(6_000);
      },
    );
  }

  test(
    'top-up with an amount as text adds that number where the target reads it so',
    { annotation: promise('malformed-amount-refused') },
    async ({ newAccount, shopApi, shopDatabase, newKey, profile }) => {
      needsTextAmounts(profile);
      const { userId } = await newAccount({ balance: 5_000 });
      const amount = String(moneyCodec(profile.money).toJson(10_000));
      const charged = await shopApi.chargeBalance(userId, topUpOf(amount, newKey()));
      expect(requireAnswer(charged).balance).toBe(15_000);
      expect((await shopDatabase.stateOf([{ userId }])).balances).toEqual([15_000]);
    },
  );

  test(
    'top-up of an unknown user is refused',
    { annotation: promise('unknown-ids-refused') },
    async ({ newAccount, shopApi, newKey, profile }) => {
      needsNoLogIn(profile);
      const unknownUser = absentId((await newAccount({ balance: 5_000 })).userId);
      const charge = topUpOf(1_000, newKey());
      expect(await shopApi.chargeBalance(unknownUser, charge)).toBeRefusedFor('unknown-user');
    },
  );

  test(
    'top-up with a missing, empty or too long key is refused and adds nothing',
    { annotation: promise('malformed-key-refused') },
    async ({ newAccount, shopApi, shopDatabase, profile }) => {
      needsKeyRequiredFor(profile, 'chargeBalance');
      const { userId } = await newAccount({ balance: 5_000 });
      for (const key of [undefined, '', 'k'.repeat(profile.policies.key.maxLength + 1)]) {
        const refused = await shopApi.chargeBalance(userId, topUpOf(1_000, key));
        expect(refused).toBeRefusedFor(['invalid-input', 'invalid-charge']);
      }
      expect(await shopDatabase.stateOf([{ userId }])).toMatchObject({ balances: [5_000] });
    },
  );
});
