import { expect, test } from '@playwright/test';
import { LatencyHistogram } from '../../../../helpers/load/measure/latency-histogram.ts';
import { joined } from '../../../../helpers/load/measure/moments.ts';
import { exampleMoment, exampleStart } from '../../support/examples/example-load-part.ts';

const samplesOf = (encoded: string | undefined): number => LatencyHistogram.decode(encoded ?? '').n;

test.describe('joined moments', () => {
  test('joined moments add up their counts and keep the lowest balance and the later total', () => {
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
});
