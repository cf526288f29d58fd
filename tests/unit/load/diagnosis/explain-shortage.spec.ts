import { expect, test } from '@playwright/test';
import { noLedger, withoutDatabase } from '../../../../helpers/load/audit/load-ledger.ts';
import {
  balanceLow,
  bothLow,
  diagnosisOf,
  noneLow,
  poor,
  rich,
  soldOut,
} from '../../support/examples/example-diagnosis.ts';
import { cleanLedger, exampleBudget } from '../../support/examples/example-load-part.ts';

test.describe('diagnosis of too little balance or stock', () => {
  test('budget too small from the start is named with the refusal, and the SQL cures balance and stock', () => {
    const budget = { ...exampleBudget, lowestBalance: 100, lowestStock: 20, suffices: false };
    const { sentence, remedy } = diagnosisOf(
      { then: poor },
      { budget, depletion: { before: balanceLow, after: balanceLow } },
    );
    expect(sentence).toContain(
      'every account needs 1,000,000 won (7 of 10 are too low) and every product needs 53 in stock (0 of 4 are sold out)',
    );
    expect(remedy).toContain('UPDATE balances; UPDATE products;');
    const stock = diagnosisOf({ stage: 'order', reason: 'stock', then: soldOut }, { budget });
    expect(stock.remedy).toContain('UPDATE balances; UPDATE products;');
  });

  test('balance refusal is shown with stage, count, share, first time, body, tables, need and SQL', () => {
    const diagnosis = diagnosisOf(
      { before: { balance: 500_000 }, then: poor },
      { depletion: { before: noneLow, after: balanceLow } },
    );
    expect(diagnosis.cause).toBe('balance');
    expect(diagnosis.sentence).toBe(
      '30 of 300 payment requests (10 %) were refused because the balance is too low, the first after 4.2 s: ' +
        'every account needs 1,000,000 won (7 of 10 are too low); set SEED=on, or run the SQL below.',
    );
    expect(diagnosis.evidence).toEqual([
      '409 PAY001: {"code":"PAY001","message":"Insufficient balance"}',
      'user 1 held 400 won in the tables when 50,000 won were refused (500,000 won before the run)',
      'product 3 had 40 in stock',
      '7 of 10 accounts hold less than 50,000 won now (lowest 400 won); before the run 0 did (lowest 1,000,000 won)',
      'iterations',
      'balance arithmetic',
      'stock arithmetic',
    ]);
    expect(diagnosis.remedy).toContain('run: UPDATE balances;');
    expect(diagnosis.remedy).not.toContain('UPDATE products;');
  });

  test('refusal without a database is explained by what the API shows, without SQL', () => {
    const ledger = { ...noLedger, notAudited: withoutDatabase, accounts: 10, products: 4 };
    const cure = { balance: 'top up users', stock: 'set PRODUCT_IDS' };
    const balance = diagnosisOf({ then: poor }, { ledger, cure });
    expect(balance.sentence).toContain('every account needs 1,000,000 won; see below how, or make the run smaller.');
    expect(balance.evidence).toContain('user 1 held 400 won as the API shows it when 50,000 won were refused');
    expect(balance.remedy).toContain('Without a database: top up users; or make the run smaller');
    const contradiction = diagnosisOf({ then: rich }, { ledger, cure });
    expect(contradiction.sentence).toContain('but the API shows that it sufficed');
    expect(contradiction.remedy).not.toContain('DB_*');
    const error = diagnosisOf({ reason: 'server-error', status: 500 }, { ledger, cure });
    expect(error.evidence.join('\n')).not.toContain('database');
  });

  test('balance and stock both too low are diagnosed and cured together', () => {
    const changes = { depletion: { before: noneLow, after: bothLow } };
    const balance = diagnosisOf({ then: poor }, changes);
    expect(balance.sentence).toContain(
      'every product needs 53 in stock (3 of 4 are sold out) and every account needs 1,000,000 won (7 of 10 are too low)',
    );
    expect(balance.remedy).toContain('UPDATE balances; UPDATE products;');
    const stock = diagnosisOf({ stage: 'order', reason: 'stock', code: 'P002', then: soldOut }, changes);
    expect(stock.cause).toBe('stock');
    expect(stock.evidence.join('\n')).toMatch(
      /the balance is short too, but has refused nothing yet: 7 of 10 accounts/,
    );
    expect(stock.remedy).toContain('UPDATE balances; UPDATE products;');
  });

  test('1 short account of 100 is named after 10 sold-out products, each with its share', () => {
    const after = { ...noneLow, accountsShort: 1, balanceLowest: 400, productsSoldOut: 10, stockLowest: 0 };
    const stock = diagnosisOf(
      { stage: 'order', reason: 'stock', code: 'P002', then: soldOut },
      { depletion: { before: noneLow, after }, ledger: { ...cleanLedger, accounts: 100, products: 10 } },
    );
    expect(stock.sentence).toContain(
      'every product needs 53 in stock (10 of 10 are sold out) and every account needs 1,000,000 won (1 of 100 are too low)',
    );
  });

  test('stock refusal of a seeded run names the stock alone and advises a larger SAFETY_MARGIN', () => {
    const stock = diagnosisOf(
      { stage: 'order', reason: 'stock', code: 'P002', then: soldOut },
      {
        depletion: { before: noneLow, after: { ...noneLow, productsSoldOut: 4, stockLowest: 0 } },
        budget: { ...exampleBudget, seeded: true },
      },
    );
    expect(stock.sentence).toBe(
      '30 of 130 order requests (23 %) were refused because the stock is too low, the first after 4.2 s: ' +
        'every product needs 53 in stock (4 of 4 are sold out); raise SAFETY_MARGIN.',
    );
    expect(stock.evidence).toContain(
      '4 of 4 products are sold out now (lowest stock 0); before the run 0 were (lowest stock 100)',
    );
    expect(stock.remedy).toContain('raise SAFETY_MARGIN');
    expect(stock.remedy).not.toContain('UPDATE');
  });
});
