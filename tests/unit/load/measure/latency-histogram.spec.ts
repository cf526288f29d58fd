import { expect, test } from '@playwright/test';
import { LatencyHistogram } from '../../../../helpers/load/measure/latency-histogram.ts';

test.describe('latency histogram', () => {
  test('histogram keeps its percentiles through encode and decode', () => {
    const histogram = new LatencyHistogram(3);
    for (let ms = 1; ms <= 1000; ms += 1) histogram.record(ms);
    const read = LatencyHistogram.decode(histogram.encode());
    for (const one of [histogram, read]) {
      expect(one.n).toBe(1000);
      expect(Math.abs((one.percentile(95) ?? 0) - 950)).toBeLessThan(2);
      expect(Math.abs((one.mean ?? 0) - 500.5)).toBeLessThan(2);
      expect(Math.abs((one.min ?? 0) - 1)).toBeLessThan(0.01);
      expect(Math.abs((one.max ?? 0) - 1000)).toBeLessThan(2);
    }
  });

  test('histogram records any duration, and an empty one has no values', () => {
    const histogram = new LatencyHistogram(2);
    expect([histogram.percentile(95), histogram.mean, histogram.min, histogram.max]).toEqual(
      new Array(4).fill(undefined),
    );
    for (const ms of [0, -1, 0.0001, 1e9, Number.NaN]) histogram.record(ms);
    expect(histogram.n).toBe(5);
    expect(histogram.max).toBeLessThan(610_000);
  });
});
