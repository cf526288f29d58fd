import { expect, test } from '@playwright/test';
import { LatencyHistogram } from '../../../../helpers/load/measure/latency-histogram.ts';
import { loadPartSchema } from '../../../../helpers/load/measure/load-part.ts';
import { loadSummarySchema } from '../../../../helpers/load/measure/load-summary.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { joined } from '../../../../helpers/load/measure/moments.ts';
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
} from '../../support/example-load-part.ts';

const samplesOf = (encoded: string | undefined): number => LatencyHistogram.decode(encoded ?? '').n;

test.describe('merging load parts', () => {
  test('moments that follow upon one another add up, and the later sample holds', () => {
    const one = exampleMoment(0, {
      refusals: { 'payment balance': 2, 'order stock': 1 },
      balanceLowest: 500,
      stockLowest: 4,
      balanceTotal: 9000,
    });
    const two = exampleMoment(1, {
      vus: 20,
      refusals: { 'payment balance': 3 },
      balanceLowest: 600,
      balanceTotal: 8000,
      failed: 3,
    });
    const both = joined(one, two);
    expect(both).toMatchObject({
      startMs: exampleStart,
      vus: 20,
      iterations: 20,
      requests: 80,
      failed: 3,
      refusals: { 'payment balance': 5, 'order stock': 1 },
      balanceLowest: 500,
      balanceTotal: 8000,
      stockLowest: 4,
    });
    expect(samplesOf(both.durations)).toBe(10);
    expect(both).not.toHaveProperty('stockTotal');
  });

  test('the same moment of two parts adds up, users and holdings too', () => {
    const one = exampleMoment(0, { balanceTotal: 100, balanceLowest: 7, stockTotal: 5 });
    const two = exampleMoment(0, { vus: 5, balanceTotal: 50, balanceLowest: 3 });
    const { moments } = mergeParts([examplePart({ moments: [one] }), examplePart({ moments: [two] })]);
    expect(moments).toMatchObject([{ vus: 15, balanceTotal: 150, balanceLowest: 3, stockTotal: 5 }]);
  });

  test('a part holds what it was seen to hold before it begins, after it has ended and when nobody looked', () => {
    const holding = (second: number, balanceLowest: number, balanceTotal: number) =>
      exampleMoment(second, { balanceLowest, balanceTotal });
    const ended = examplePart({ moments: [exampleMoment(0), holding(1, 3, 40), holding(2, 2, 30)] });
    const late = examplePart({
      startedMs: exampleStart + 2000,
      moments: [holding(2, 9, 100), exampleMoment(3), holding(4, 8, 90), exampleMoment(5)],
    });
    const { moments } = mergeParts([ended, late]);
    expect(moments.map(({ balanceLowest, balanceTotal }) => [balanceLowest, balanceTotal])).toEqual([
      [undefined, undefined],
      [3, 140],
      [2, 130],
      [undefined, undefined],
      [2, 120],
      [undefined, undefined],
    ]);
    expect(moments[1]).not.toHaveProperty('stockTotal');
  });

  test('counters, durations and times of two parts are those of the run', () => {
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

  test('a cause of two parts is one, with the evidence of whoever saw it first', () => {
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

  test('merging changes no part', () => {
    const part = examplePart({ causes: [exampleCause()] });
    const before = JSON.stringify(part);
    mergeParts([part, part]);
    expect(JSON.stringify(part)).toBe(before);
  });

  test('moments of parts are laid side by side by their time', () => {
    const part = examplePart({ moments: [0, 1, 2].map((second) => exampleMoment(second)) });
    const later = examplePart({
      startedMs: exampleStart + 2000,
      moments: [2, 3].map((second) => exampleMoment(second)),
    });
    const { moments } = mergeParts([part, later]);
    expect(moments.map(({ startMs, vus, requests }) => [startMs - exampleStart, vus, requests])).toEqual([
      [0, 10, 40],
      [1000, 10, 40],
      [2000, 20, 80],
      [3000, 10, 40],
    ]);
  });

  test('moments that begin half-way between those of another part leave no gap and no heap', () => {
    const jittered = [0.498, 1.501, 2.499, 3.502, 4.5].map((second) => exampleMoment(second));
    const part = examplePart({ moments: [0, 1, 2, 3, 4].map((second) => exampleMoment(second)) });
    const { moments } = mergeParts([part, examplePart({ moments: jittered })]);
    expect(moments.map(({ requests }) => requests)).toEqual([80, 80, 80, 80, 80]);
  });

  test('parts whose moments have grown to different lengths share the longer one', () => {
    const fine = examplePart({ moments: Array.from({ length: 8 }, (_, second) => exampleMoment(second)) });
    const coarse = examplePart({
      momentMs: 4000,
      moments: [0, 4].map((second) => exampleMoment(second, { requests: 160 })),
    });
    const { moments, momentMs } = mergeParts([fine, coarse]);
    expect(momentMs).toBe(4000);
    expect(moments.reduce((total, { requests }) => total + requests, 0)).toBe(8 * 40 + 2 * 160);
    expect(moments.length).toBeLessThanOrEqual(3);
  });

  test('ledgers and budgets are summed, the lowest is the lowest of all', () => {
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

  test('a part without budget and tables leaves those of the others', () => {
    const { budget, depletion } = mergeParts([examplePart(), examplePart({ budget: exampleBudget })]);
    expect(budget?.lowestBalance).toBe(1_000_000);
    expect(depletion).toBeUndefined();
  });

  test('parts survive their file, and the summary is what its schema says', () => {
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
});
