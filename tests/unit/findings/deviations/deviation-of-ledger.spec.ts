import { expect, test } from '@playwright/test';
import { deviationOfLedger } from '../../../../helpers/findings/deviations/deviation-of-ledger.ts';
import { factOfBreach } from '../../../../helpers/findings/deviations/fact-of-breach.ts';
import { signatureText } from '../../../../helpers/findings/grouping/signature.ts';
import { seenUnderWay, type LedgerBreach } from '../../../../helpers/ledger/ledger-breach.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { charged, paid } from '../../support/examples/exchange-examples.ts';
import { inDecimals } from '../../support/examples/target-in-decimals.ts';

const money = (seen: number, expected = 3_000): LedgerBreach => ({
  ...{ check: 'money', sentence: 'money', userId: 1, expected, seen },
});

const sentenceOf = (profile: TargetProfile, breach: LedgerBreach): string =>
  deviationOfLedger(profile, breach, [breach], [charged()], 'once').sentence;

test.describe('deviation of the ledger', () => {
  test('says amounts in won where the target has no decimals', () => {
    expect(sentenceOf(reference, money(1_000))).toBe(
      'Top-up: 2000 won are gone: the balance of user 1 is 1000 won and should be 3000.',
    );
  });

  test('says amounts in decimals where the target writes them, and is the same deviation', () => {
    expect(sentenceOf(inDecimals, money(1_000))).toBe(
      'Top-up: 20.00 are gone: the balance of user 1 is 10.00 and should be 30.00.',
    );
    const [inWon, inCents] = [reference, inDecimals].map((profile) =>
      deviationOfLedger(profile, money(1_000), [money(1_000)], [paid()], 'once'),
    );
    expect(inCents && signatureText(inCents)).toBe(inWon && signatureText(inWon));
    expect(inCents?.numbers).toEqual({ expected: 3_000, seen: 1_000 });
  });

  test('says the balance of another user who has paid in decimals, too', () => {
    const payments = { table: 'orders', id: 'id', orderId: 'id', amount: 'total_amount' };
    const unnamed = { ...inDecimals, tables: { ...inDecimals.tables, payments } };
    const [short, other] = [money(900, 1_000), { ...money(1_100, 1_000), userId: 2 }];
    expect(deviationOfLedger(unnamed, short, [short, other], [paid()], 'once').sentence).toContain(
      'user 1 has 9.00 and should have 10.00',
    );
  });

  test('says surplus, negative and passing balances in decimals, and pieces as they are', () => {
    expect(factOfBreach(money(3_005), inDecimals.money)).toBe(
      '0.05 came from nowhere: the balance of user 1 is 30.05 and should be 30.00',
    );
    const belowZero: LedgerBreach = { check: 'below-zero', sentence: '', userId: 1, seen: -1_000 };
    expect(factOfBreach(belowZero, inDecimals.money)).toBe('the balance of user 1 went to -10.00');
    expect(factOfBreach(seenUnderWay(money(1_000)), inDecimals.money)).toContain(
      'the balance of user 1 was 10.00 and should have been 30.00 for a moment',
    );
    const stock: LedgerBreach = { check: 'stock', sentence: '', productId: 3, expected: 10, seen: 8 };
    expect(factOfBreach(stock, inDecimals.money)).toBe(
      '2 pieces too few: the stock of product 3 is 8 and should be 10',
    );
    expect(factOfBreach(seenUnderWay(stock), inDecimals.money)).toContain('was 8 and should have been 10 for');
  });
});
