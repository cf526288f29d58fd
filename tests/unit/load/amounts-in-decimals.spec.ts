import { expect, test } from '@playwright/test';
import { auditLoad, answersAlone } from '../../../helpers/load/audit/load-ledger.ts';
import { leftBehind } from '../../../helpers/load/audit/left-behind.ts';
import { parseSettings } from '../../../helpers/settings/settings.ts';
import { capacityOf } from '../../../helpers/load/plan/capacity.ts';
import { loadPlan } from '../../../helpers/load/plan/load-plan.ts';
import { cureThroughApi } from '../../../helpers/load/prepare/cure-through-api.ts';
import { orderedProducts } from '../../../helpers/load/prepare/load-stock.ts';
import { Shortfall } from '../../../helpers/load/prepare/shortfall.ts';
import { summarise } from '../../../helpers/load/measure/summarise.ts';
import { compareSummaries } from '../../../helpers/load/report/compare/compare-summaries.ts';
import { liveLine } from '../../../helpers/load/report/live-line.ts';
import { reportCharts } from '../../../helpers/load/report/page/report-charts.ts';
import { reportPage } from '../../../helpers/load/report/page/report-page.ts';
import { deviationUnderLoad } from '../../../helpers/findings/deviations/deviation-under-load.ts';
import type { LedgerBreach } from '../../../helpers/ledger/ledger-breach.ts';
import { balanceLow, diagnosisOf, noneLow, poor } from '../support/examples/example-diagnosis.ts';
import { counted, exampleBudget, examplePart } from '../support/examples/example-load-part.ts';
import { orderAnswer, paymentAnswer } from '../support/examples/exchange-examples.ts';
import { exhaustedSummary } from '../support/examples/example-load-summary.ts';
import { inDecimals } from '../support/examples/target-in-decimals.ts';
import { scriptedShop } from '../support/servers/scripted-shop.ts';

const account = { userId: 1, balance: 10_000, orders: 0, payments: 0, paid: 0 };
const shortBudget = { ...exampleBudget, lowestBalance: 100, lowestStock: 20, suffices: false };

test.describe('load run on a target that writes decimals', () => {
  test('plans in decimals', async () => {
    const plan = await loadPlan(parseSettings({ LOAD_ITERATIONS: '1000', LOAD_AMOUNTS: '50000', SEED: 'off' }), 1);
    const holdings = { balanceLowest: 100, stockLowest: 20 };
    const { lines } = capacityOf(inDecimals, plan, { ms: 1, known: 'given' }, [[50_000]], holdings);
    expect(lines.join('\n')).toContain('each × 500.00 × ');
    expect(lines.at(-1)).toContain('there: 1.00 in the lowest account, 20 in the lowest stock');
    expect(new Shortfall(inDecimals, shortBudget, '').message).toContain('needs 10,000.00 an account');
    expect(cureThroughApi(inDecimals, plan, { balance: 5_000 })).toContain('to 50.00 each through the API');
    expect(() => orderedProducts(inDecimals, plan, [{ productId: 1, price: 1_000 }])).toThrow(
      /costs 500\.00\. Set LOAD_AMOUNTS to prices of theirs, in the smallest unit \(1000\)/,
    );
  });

  test('audits in decimals', () => {
    const booksOf = (changes: Partial<typeof account>) => ({ accounts: [{ ...account, ...changes }], products: [] });
    const after = booksOf({ balance: -5, payments: 1, paid: 1_000 });
    const { ledger } = auditLoad(inDecimals, booksOf({}), after, counted({ payments_made: 1 }), []);
    expect(ledger.problems).toEqual([
      'user 1 is below zero: -0.05',
      'money of user 1 is not conserved: 100.00 before, -10.00 in payments makes 90.00, but the balance is -0.05 (-90.05)',
    ]);
    const depletion = { before: noneLow, after: { ...noneLow, balanceLowest: -500 } };
    expect(answersAlone(inDecimals, { accounts: [], products: [] }, counted({}), depletion).ledger.problems).toEqual([
      'the API shows a balance of -5.00',
    ]);
    const marked = (orders: number) => ({
      books: booksOf({ orders, payments: orders, paid: orders * 1_000 }),
      newestOrder: undefined,
    });
    expect(leftBehind(inDecimals, [1], marked(0), marked(5), 5)[0]).toContain('paid with 50.00 in all');
  });

  test('explains and reports in decimals', () => {
    const { sentence, evidence, remedy } = diagnosisOf(
      { before: { balance: 500_000 }, then: poor },
      { decimals: 2, budget: shortBudget, depletion: { before: noneLow, after: balanceLow } },
    );
    expect(sentence).toContain('every account needs 10,000.00');
    expect(remedy).toContain('10,000.00 in every account');
    expect(evidence.join('\n')).toContain('user 1 held 4.00 in the tables when 500.00 were refused (5,000.00 before');
    expect(evidence.join('\n')).toContain(
      'hold less than 500.00 now (lowest 4.00); before the run 0 did (lowest 10,000.00)',
    );
    const live = { part: 0, elapsedSeconds: 5, vus: 2, iterations: 9, iterationsPerSecond: 2, refusals: {} };
    expect(liveLine([{ ...live, balanceLowest: 70, decimals: 2 }])).toContain('lowest balance 0.70');
    const deviations = [1, 2].map((userId) => {
      const breach: LedgerBreach = { check: 'money', sentence: '', userId, expected: 3_000, seen: 1_000 };
      const last = { last: 'pay', circumstance: 'under-load' } as const;
      return { subject: `user ${userId}`, deviation: deviationUnderLoad(inDecimals, breach, [breach], last) };
    });
    const summary = summarise([examplePart({ decimals: 2, deviations, budget: shortBudget })]);
    expect(summary.decimals).toBe(2);
    expect(summary.findings[0]?.sentence).toContain(
      '20.00 are gone: the balance of user 1 is 10.00 and should be 30.00.',
    );
    expect(summary.findings[0]?.sentence).toContain('So for 2 accounts, 40.00 in all.');
    expect(reportPage(summary)).toContain('<dt>Needed per account</dt><dd>10,000.00</dd>');
  });

  test('draws and compares in decimals', () => {
    const [whole, inCents] = [exhaustedSummary(), { ...exhaustedSummary(), decimals: 2 }];
    const balances = [whole, inCents].map((one) => reportCharts(one).find(({ id }) => id === 'balance'));
    expect(balances.map((chart) => chart?.unit)).toEqual(['won', 'decimals']);
    const [won = 0, cents = 0] = balances.map((chart) => chart?.series[1]?.values[0] ?? 0);
    expect(cents).toBe(won / 100);
    expect(compareSummaries(inCents, inCents)).toMatch(/lowest balance +\| +0\.00 \|/);
  });

  test('says what orders and payments were answered with in decimals', async () => {
    const profile = { ...inDecimals, money: { ...inDecimals.money, inJson: 'minor-units' } } as const;
    const products = [{ productId: 1, price: 10_000 }];
    const payment = { status: 200, body: paymentAnswer({ orderId: 1, paidAmount: 1 }) };
    const paying = scriptedShop({ profile, products, payments: [payment] });
    await paying.iterate();
    expect(paying.measurements.broken.all[0]).toMatchObject({
      promise: 'the payment of an order of 100.00 is answered as another one',
      deviation: { sentence: expect.stringMatching(/it says 0\.01 were paid\), promised order 1 paid with 100\.00\./) },
    });
    const order = { status: 201, body: orderAnswer({ orderId: 1, userId: 1, totalAmount: 1 }) };
    const ordering = scriptedShop({ profile, products, orders: [order] });
    await ordering.iterate();
    expect(ordering.measurements.broken.all[0]).toMatchObject({
      promise: 'an order of 100.00 was answered in another form or sum than promised',
      deviation: { sentence: expect.stringMatching(/its total is 0\.01.*promised an order of user 2 of 100\.00\./) },
    });
  });
});
