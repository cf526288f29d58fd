import { expect, test } from '@playwright/test';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { exampleMoment, examplePart, exampleStart } from '../../support/examples/example-load-part.ts';

test.describe('merged moments', () => {
  test('same moment of 2 parts adds up users and totals and keeps the lowest balance', () => {
    const one = exampleMoment(0, { balanceTotal: 100, balanceLowest: 7, stockTotal: 5 });
    const two = exampleMoment(0, { vus: 5, balanceTotal: 50, balanceLowest: 3 });
    const { moments } = mergeParts([examplePart({ moments: [one] }), examplePart({ moments: [two] })]);
    expect(moments).toMatchObject([{ vus: 15, balanceTotal: 150, balanceLowest: 3, stockTotal: 5 }]);
  });

  test('balance and stock of a part count before it begins, after it ends and between samples', () => {
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

  test('moments of parts are merged by their time', () => {
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

  test('moments that begin half-way between those of another part are merged without gap or pile-up', () => {
    const jittered = [0.498, 1.501, 2.499, 3.502, 4.5].map((second) => exampleMoment(second));
    const part = examplePart({ moments: [0, 1, 2, 3, 4].map((second) => exampleMoment(second)) });
    const { moments } = mergeParts([part, examplePart({ moments: jittered })]);
    expect(moments.map(({ requests }) => requests)).toEqual([80, 80, 80, 80, 80]);
  });

  test('moments of different lengths are merged into the longer ones', () => {
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
});
