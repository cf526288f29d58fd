import { expect, test } from '@playwright/test';
import { loadPartSchema } from '../../../../helpers/load/measure/load-part.ts';
import { loadSummarySchema } from '../../../../helpers/load/measure/load-summary.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import {
  cleanLedger,
  counted,
  encodedDurations,
  exampleBudget,
  exampleCause,
  exampleMoment,
  examplePart,
  exampleStart,
} from '../../support/examples/example-load-part.ts';

test.describe('merged load run', () => {
  test('counters, durations and times of 2 parts are merged into those of the run', () => {
    const run = mergeParts([
      examplePart({
        parts: 2,
        counters: counted({ iterations: 5, http_reqs: 20 }),
        durations: encodedDurations([10, 20]),
      }),
      examplePart({
        part: 1,
        parts: 2,
        startedMs: exampleStart - 500,
        endedMs: exampleStart + 12_000,
        counters: counted({ iterations: 7, http_reqs: 28, answers_lost: 1 }),
        durations: encodedDurations([30, 40, 50]),
        largestAmount: 70_000,
      }),
    ]);
    expect(run.counters).toMatchObject({ iterations: 12, http_reqs: 48, answers_lost: 1 });
    expect([run.durations.n, Math.round(run.durations.max ?? 0)]).toEqual([5, 50]);
    expect([run.startedMs, run.endedMs]).toEqual([exampleStart - 500, exampleStart + 12_000]);
    expect(run.largestAmount).toBe(70_000);
  });

  test('same cause in 2 parts is merged, with the evidence of the earlier one', () => {
    const { causes } = mergeParts([
      examplePart({
        causes: [exampleCause({ count: 5, userId: 1 }), exampleCause({ reason: 'stock', code: 'P002', count: 9 })],
      }),
      examplePart({
        causes: [exampleCause({ count: 6, userId: 2, firstMs: exampleStart + 100, lastMs: exampleStart + 200 })],
      }),
    ]);
    expect(causes).toMatchObject([
      { reason: 'balance', count: 11, userId: 2, firstMs: exampleStart + 100, lastMs: exampleStart + 9000 },
      { reason: 'stock', count: 9 },
    ]);
  });

  test('merging leaves the parts unchanged', () => {
    const part = examplePart({ causes: [exampleCause()] });
    const before = JSON.stringify(part);
    mergeParts([part, part]);
    expect(JSON.stringify(part)).toBe(before);
  });

  test('ledgers and depletions are summed, lowest balances are the lowest of all parts', () => {
    const depletion = { accountsShort: 2, balanceLowest: 500, productsSoldOut: 1, stockLowest: 0 };
    const {
      ledger,
      budget,
      depletion: merged,
    } = mergeParts([
      examplePart({ budget: exampleBudget, depletion: { before: depletion, after: depletion } }),
      examplePart({
        budget: { ...exampleBudget, suffices: false, lowestBalance: 200 },
        ledger: { ...cleanLedger, audited: false, unknownLeft: 2, problems: ['one'] },
        depletion: { before: { ...depletion, balanceLowest: 300 }, after: depletion },
      }),
    ]);
    expect(ledger).toMatchObject({
      audited: false,
      accounts: 20,
      paymentsInTables: 200,
      unknownLeft: 2,
      problems: ['one'],
    });
    expect(budget).toMatchObject({ suffices: false, lowestBalance: 200, neededPerAccount: 1_000_000 });
    expect(merged?.before).toEqual({ accountsShort: 4, balanceLowest: 300, productsSoldOut: 2, stockLowest: 0 });
  });

  test('budget of one part is kept when another has none, and depletion stays unknown', () => {
    const { budget, depletion } = mergeParts([examplePart(), examplePart({ budget: exampleBudget })]);
    expect(budget?.lowestBalance).toBe(1_000_000);
    expect(depletion).toBeUndefined();
  });

  test('parts survive JSON, and the summary matches its schema', () => {
    const part = examplePart({ causes: [exampleCause()], budget: exampleBudget, stoppedEarly: 'x' });
    expect(loadPartSchema.parse(JSON.parse(JSON.stringify(part)))).toEqual(part);
    const summary = summarise([part, examplePart({ part: 1 })]);
    expect(loadSummarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
    expect(summary).toMatchObject({
      workers: 2,
      vusMax: 20,
      iterations: 200,
      stoppedEarly: 'x',
      driver: { cpuSeconds: 3, cpuMsPerIteration: 15 },
    });
    expect(summary.series.map(({ second }) => second)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  test('budget of a finished run says how long balance and stock last by its first and last sample', () => {
    const moments = [
      exampleMoment(0),
      exampleMoment(10, { balanceLowest: 1000, balanceTotal: 1_000_000, stockTotal: 500 }),
      exampleMoment(20, { balanceLowest: 900, balanceTotal: 999_000, stockTotal: 400 }),
      exampleMoment(21),
    ];
    const { budget } = mergeParts([examplePart({ budget: exampleBudget, moments })]);
    expect(budget?.lines.at(-1)).toBe('at the rate of this run, what is left lasts: the balance 1m30s, the stock 40s');
  });
});
