import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { shownOtherwise } from '../../../../helpers/findings/deviations/shown-otherwise.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { LedgerSnapshot } from '../../../../helpers/ledger/ledger-snapshot.ts';
import { paid, unaffordable } from '../../support/examples/exchange-examples.ts';

const tables: LedgerSnapshot = {
  accounts: [{ userId: 1, balance: 900 }],
  products: [{ productId: 3, stock: 8 }],
  ...{ orders: [], items: [], payments: [] },
};

const looked = (name: 'getBalance' | 'getProduct', answer: unknown, sentAtMs = 100): Exchange => ({
  name,
  request: { method: 'GET', path: `/${name}`, headers: {} },
  outcome: 'ok',
  answer,
  ...{ sentAtMs, durationMs: 1 },
});

const stockOf = (stock: number, sentAtMs?: number): Exchange =>
  looked('getProduct', { productId: 3, price: 10, stock }, sentAtMs);

const told = (...exchanges: readonly Exchange[]): string[] =>
  shownOtherwise(exchanges, tables, reference.money).map(({ sentence }) => sentence);

test.describe('difference between API and tables', () => {
  test('is reported with both numbers', () => {
    expect(told(paid(), stockOf(10), looked('getBalance', { userId: 1, balance: 1000 }))).toEqual([
      'GET product: the API shows 10 pieces of product 3, the table holds 8: cached?',
      'GET balance: the API shows 1000 won for user 1, the table holds 900: cached?',
    ]);
  });

  test('is reported with amounts as the target writes them', () => {
    const looks = [stockOf(10), looked('getBalance', { userId: 1, balance: 1000 })];
    expect(shownOtherwise(looks, tables, { decimals: 2 }).map(({ sentence }) => sentence)).toEqual([
      'GET product: the API shows 10 pieces of product 3, the table holds 8: cached?',
      'GET balance: the API shows 10.00 for user 1, the table holds 9.00: cached?',
    ]);
  });

  test('is not reported when both agree, or agree at the last look', () => {
    expect(told(stockOf(8), looked('getBalance', { userId: 1, balance: 900 }))).toEqual([]);
    expect(told(stockOf(10, 10), stockOf(8, 20))).toEqual([]);
  });

  test('is not reported when a later request may have changed the table', () => {
    expect(told(stockOf(10, 10), { ...paid(), sentAtMs: 20 })).toEqual([]);
    expect(told(stockOf(10, 10), { ...unaffordable(), sentAtMs: 20 })).toHaveLength(1);
  });

  test('is not reported when the row was not among those read', () => {
    expect(told(looked('getProduct', { productId: 4, price: 10, stock: 10 }))).toEqual([]);
  });
});
