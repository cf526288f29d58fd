import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { answeredFacts } from '../../../helpers/ledger/answered-facts.ts';
import type { Exchange } from '../../../helpers/api/answers/exchange.ts';
import { checkLedger } from '../../../helpers/ledger/check-ledger.ts';
import type { LedgerSnapshot } from '../../../helpers/ledger/ledger-snapshot.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { afterPayment as sold, beforeAnyOrder as before } from '../support/examples/example-ledger.ts';
import { charged, lost, ordered, paid, replayed, unaffordable } from '../support/examples/exchange-examples.ts';

const check = (after: LedgerSnapshot, ...exchanges: readonly Exchange[]): string[] =>
  checkLedger(reference, before, after, answeredFacts(exchanges)).map(({ sentence }) => sentence);

const balanceOf = (balance: number): LedgerSnapshot => ({ ...before, accounts: [{ userId: 1, balance }] });

test.describe('ledger and answers', () => {
  test('rows that agree with the answers, replays and refusals included, are in order', () => {
    expect(check(sold, ordered(), paid(), replayed(), unaffordable())).toEqual([]);
  });

  test('answered payment without an identical row is a problem', () => {
    expect(check(sold, ordered(), paid(), paid({ paymentId: 8 }))).toEqual([
      expect.stringMatching(/^answered payment has no such row: \{/),
    ]);
    expect(check(sold, ordered(), paid(), paid({ paidAmount: 1 }))).toEqual([
      'answered payment 7 says 1 won, but its row holds 50000',
    ]);
    expect(check(sold, ordered(), paid({ orderId: 13 }))).toEqual([
      expect.stringMatching(/^answered payment has no such row/),
      expect.stringMatching(/^payment that no answer names/),
    ]);
  });

  test('answered cancellation that is not in the row of its order is a problem', () => {
    const cancelled = { ...ordered(), name: 'cancelOrder' } as const;
    const left = (status: string): LedgerSnapshot => ({
      ...before,
      items: sold.items,
      orders: [{ orderId: 12, userId: 1, total: 50_000, status }],
    });
    expect(check(left('PENDING'), ordered(), cancelled)).toEqual([
      'answered cancellation of order 12 is not in its row: its status is PENDING',
    ]);
    expect(check(left('CANCELLED'), ordered(), cancelled)).toEqual([]);
    // What is wrong with it is that it was paid after all.
    expect(check(left('COMPLETED'), ordered(), cancelled)).toEqual([
      expect.stringContaining('stock of product 3 is not conserved'),
      'order 12 (COMPLETED, total 50000) has no payment',
    ]);
  });

  test('answered order without a row is a problem', () => {
    expect(check(before, ordered())).toEqual(['answered order 12 of user 1 has no row']);
  });

  test('answered order of a user outside the snapshot is no problem', () => {
    expect(check(before, ordered({ userId: 2 }))).toEqual([]);
  });

  test('order and payment rows that no answer mentions are problems', () => {
    expect(check(sold)).toEqual([
      'order that no answer names: {"orderId":12,"userId":1,"total":50000,"status":"COMPLETED"}',
      'payment that no answer names: {"paymentId":7,"orderId":12,"userId":1,"amount":50000}',
    ]);
    expect(check(sold, ordered(), unaffordable())).toEqual([expect.stringMatching(/^payment that no answer names/)]);
  });

  test('lost answer is no problem, whether or not the request took effect', () => {
    expect(check(sold, ordered(), lost('pay'))).toEqual([]);
    expect(check(sold, lost('createOrder'), lost('pay'))).toEqual([]);
    expect(check(before, lost('createOrder'), lost('pay'))).toEqual([]);
    expect(check(balanceOf(1_010_000), lost('chargeBalance'))).toEqual([]);
    expect(check(before, lost('chargeBalance'))).toEqual([]);
  });

  test('lost answer excuses only what its own request may have done', () => {
    expect(check(sold, lost('createOrder'))).toEqual([expect.stringMatching(/^payment that no answer names/)]);
    expect(check(sold, lost('pay'))).toEqual([expect.stringMatching(/^order that no answer names/)]);
    expect(check(balanceOf(1_010_000), lost('pay'))).toEqual([expect.stringMatching(/^money of user 1/)]);
    expect(check(balanceOf(990_000), lost('chargeBalance'))).toEqual([expect.stringMatching(/^money of user 1/)]);
    expect(check({ ...sold, accounts: before.accounts }, ordered(), lost('pay'))).toEqual([
      expect.stringMatching(/^money of user 1/),
    ]);
  });

  test('top-up answered twice with one key is deposited once', () => {
    const charges = [charged({}, { key: 'a' }), charged({}, { key: 'a' })];
    expect(check(balanceOf(1_010_000), ...charges)).toEqual([]);
    expect(check(balanceOf(1_020_000), ...charges)).toEqual([expect.stringMatching(/\(\+10000\)$/)]);
  });
});
