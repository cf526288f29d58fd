import { needsBalances, needsDatabase } from '../../../fixtures/needs/needs.ts';
import { notApplicableIf } from '../../../fixtures/needs/not-applicable.ts';
import { needsAllowedBalance } from '../../../fixtures/needs/needs-allowed-balance.ts';
import { promise } from '../../../fixtures/promises/promise.ts';
import { topUpOf } from '../../../fixtures/api/requests.ts';
import { expect, test } from '../../../fixtures/test.ts';
import { requireAnswer } from '../../../helpers/api/answers/require-answer.ts';
import { isSafeAmount } from '../../../helpers/profile/exact-money.ts';

const seeded = 5_000;
// Odd, so that a sum beyond 2^53 is none that a floating-point number holds.
const amount = 10_001;

const limits = [
  ['2^31 won', 2n ** 31n],
  ['2^32 won', 2n ** 32n],
  ['2^53 won', 2n ** 53n],
  ['the largest value of its column', undefined],
] as const;

test.describe('balance limits', { tag: '@balance', annotation: promise('top-up-beyond-limits') }, () => {
  for (const [what, given] of limits) {
    test(`top-up from just below to beyond ${what} is refused, or added to the exact won`, async ({
      newAccount,
      shopApi,
      shopDatabase,
      newKey,
      records,
      profile,
      settings,
    }) => {
      needsDatabase(settings);
      needsBalances(profile);
      notApplicableIf(settings.leases.userIds !== undefined, 'balances of leased users are not set to extremes');
      const largest = await shopDatabase.largestBalance();
      notApplicableIf(largest === undefined, 'the column of the balance has no exact limit');
      const before = (given ?? largest ?? 0n) - 5_000n;
      notApplicableIf(before > (largest ?? 0n), 'the column of the balance holds less');
      const { largest: stated } = profile.money;
      notApplicableIf(stated !== undefined && before > stated, 'the largest amount of this target is less');
      const account = await newAccount({ balance: seeded });
      // What no number holds exactly is no evidence for the ledger; the balance is put back before it is closed.
      const unrecorded = shopApi.with({
        onExchange: (exchange) => {
          const { exchanges, unaudited } = records;
          const isNamed = exchange.refusal !== undefined && exchange.refusal.reason !== 'server-error';
          (isNamed ? exchanges : unaudited.exchanges).push(exchange);
        },
      });
      try {
        await needsAllowedBalance(account, before, shopDatabase);
        const answer = await unrecorded.chargeBalance(account.userId, topUpOf(amount, newKey()));
        const after = before + BigInt(amount);
        // A balance that the target itself would not have let come about may be answered with a 5xx: it adds nothing.
        const allowed = { ok: [after], refused: [before], unknown: [before, after] }[answer.outcome];
        // As a pattern, so that a failure tells what was due from what was seen.
        expect(
          String(await shopDatabase.exactBalance(account)),
          `balance after a top-up that was ${answer.outcome}`,
        ).toMatch(new RegExp(`^(${allowed.join('|')})$`));
        const shown = [answer].filter(({ outcome }) => outcome === 'ok' && isSafeAmount(after));
        expect(shown.map((one) => requireAnswer(one).balance)).toEqual(shown.map(() => Number(after)));
      } finally {
        await shopDatabase.setExactBalance(account, BigInt(seeded));
      }
    });
  }
});
