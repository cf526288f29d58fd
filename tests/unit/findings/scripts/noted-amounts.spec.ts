import { expect, test } from '@playwright/test';
import { FreshKeys } from '../../../../helpers/findings/scripts/fresh-keys.ts';
import { NamedIds } from '../../../../helpers/findings/scripts/named-ids.ts';
import { notedVerdict } from '../../../../helpers/findings/scripts/verdict/answers/noted-verdict.ts';
import { shownVerdict } from '../../../../helpers/findings/scripts/verdict/tables/shown-verdict.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';
import { inDecimals } from '../../support/examples/target-in-decimals.ts';

/** Returns what a script looks for again, of an answer that a sentence is about. */
const linesFor = (profile: TargetProfile, call: string, answer: object, sentence: string): string => {
  const [example] = exampleFindings().findings;
  if (!example) throw new Error('There is no example.');
  const seen = {
    ...{ place: 0, endMs: 1, call, method: 'GET', path: '/api/balances/70001', status: 200 },
    ...{ answer: JSON.stringify(answer), outcome: '200', sentAtMs: 0, durationMs: 1 },
  };
  const before = { accounts: [{ userId: 70_001, balance: 5_000 }], products: [{ productId: 90_003, stock: 1 }] };
  const after = { ...before, orders: [], items: [], payments: [] };
  const evidence = { exchanges: [seen], interventions: [], isUnforced: false, before, after };
  const finding = { ...example, sentence };
  const context = { finding, profile, evidence, keys: new FreshKeys([]), ids: new NamedIds(profile, evidence) };
  return [...(notedVerdict(seen, context) ?? []), ...(shownVerdict(context) ?? [])].join('\n');
};

const inTexts: TargetProfile = { ...inDecimals, money: { ...inDecimals.money, inJson: 'decimal-string' } };
const inMinorUnits: TargetProfile = { ...inDecimals, money: { ...inDecimals.money, inJson: 'minor-units' } };

test.describe('verdict on an amount that was noted', () => {
  for (const [notation, profile, said, value] of [
    ['won', reference, '2000 won', 2_000],
    ['decimal numbers', inDecimals, '20.00', 20],
    ['decimal texts', inTexts, '20.00', '20.00'],
    ['minor units', inMinorUnits, '20.00', 2_000],
  ] as const) {
    test(`looks for the amount of an answer in ${notation} again`, () => {
      const lines = linesFor(profile, 'pay', { paidAmount: value }, `Payment: it says ${said} were paid.`);
      expect(lines).toContain(`[ "$(field 1 'paidAmount')" != '${value}' ]`);
      expect(linesFor(profile, 'pay', { paidAmount: 1 }, `Payment: it says ${said} were paid.`)).toBe('');
    });

    test(`looks for the price of a line in ${notation} again`, () => {
      const items = [{ productId: 90_003, unitPrice: value, quantity: 1 }];
      const noted = JSON.stringify({ productId: 90_003, unitPrice: profile === reference ? 2_000 : '20.00' });
      const sentence = `Order: line ${noted} does not follow from the price 1.`;
      const lines = linesFor(profile, 'createOrder', { items }, sentence);
      expect(lines).toContain(`has the price ${value}"`);
    });

    test(`looks whether the table holds another balance than what was shown in ${notation}`, () => {
      const sentence = `GET balance: the API shows ${said} for user 70001, the table holds 1: cached?`;
      expect(linesFor(profile, 'getBalance', { balance: value }, sentence)).toContain(
        "looked_at=$(amount_in 1 'balance')",
      );
    });
  }
});
