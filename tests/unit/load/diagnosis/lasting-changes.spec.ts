import { expect, test } from '@playwright/test';
import { lastingChanges } from '../../../../helpers/load/diagnosis/lasting-changes.ts';
import type { LastingChange, Moment } from '../../../../helpers/load/measure/load-summary.ts';
import { noiseOf, seriesOf, type Noise } from '../../support/examples/noisy-series.ts';

const seeds = Array.from({ length: 60 }, (_, seed) => seed + 1);

const found = (series: Moment[], isPacedByRate = false): LastingChange[] =>
  lastingChanges({ series, momentSeconds: 1, isPacedByRate });

/** Returns what is found in each of the seeds, as `measure at second`. */
const foundIn = (seriesWith: (seed: number) => Moment[], isPacedByRate = false): string[] =>
  seeds.flatMap((seed) =>
    found(seriesWith(seed), isPacedByRate).map(({ measure, second }) => `${measure} at ${second}`),
  );

type OfSecond = (second: number) => number;

const stepAt =
  (at: number, before: number, after: number): OfSecond =>
  (second) =>
    second < at ? before : after;

const peak =
  (from: number, to: number): OfSecond =>
  (second) =>
    second >= from && second < to ? 100 : 10;

/** 10 virtual users, a ramp of 30 s, and 100. */
const vusAt: OfSecond = (second) => (second < 30 ? 10 : second < 60 ? 10 + 3 * (second - 29) : 100);

const twoStepsAt: OfSecond = (second) => (second < 30 ? 10 : second < 50 ? 40 : 120);

const healthyNoises: readonly Noise[] = [
  { name: 'little noise', spread: 0.1 },
  { name: 'much noise', spread: 0.5 },
  { name: 'noise that lingers', spread: 0.2, lingering: 0.7 },
  { name: 'spikes of ten times the time', spread: 0.2, spikes: { share: 0.08, factor: 10 } },
  { name: 'pauses of 2 s every 15 s', spread: 0.2, pauses: { every: 15, seconds: 2, factor: 8 } },
  { name: 'a slow start', spread: 0.2, warmUp: { seconds: 6, factor: 4 } },
];

test.describe('lasting changes of a load run', () => {
  for (const noise of healthyNoises) {
    test(`healthy run with ${noise.name} gives no false alarm, for 60 seeds and 3 lengths`, () => {
      for (const seconds of [20, 60, 240]) {
        expect
          .soft(
            foundIn((seed) => seriesOf({ seconds, noise: noiseOf(noise, seed) })),
            `${seconds} s`,
          )
          .toEqual([]);
      }
    });
  }

  test('run whose calls take 10 times as long from second 5 on is found at second 5, for 60 seeds', () => {
    for (const seconds of [20, 60, 240]) {
      const changed = (seed: number): Moment[] =>
        seriesOf({ seconds, noise: noiseOf({ spread: 0.3 }, seed), latency: stepAt(5, 10, 100) });
      expect.soft(foundIn(changed), `${seconds} s`).toEqual(seeds.map(() => 'p50 at 5'));
    }
  });

  test('run that is twice as slow in its second half is found within 2 s of it, for 60 seeds', () => {
    const changed = (seed: number): Moment[] =>
      seriesOf({ seconds: 60, noise: noiseOf({ spread: 0.12 }, seed), latency: stepAt(30, 40, 80) });
    const all = foundIn(changed);
    expect(all).toHaveLength(seeds.length);
    for (const one of all) expect.soft(one).toMatch(/^p50 at (?:28|29|30|31|32)$/);
  });

  test('change is reported with its time, its size and the number of virtual users', () => {
    const [change, ...others] = found(seriesOf({ seconds: 40, latency: stepAt(5, 10, 100) }));
    expect(others).toEqual([]);
    expect(change).toEqual({
      ...{ measure: 'p50', second: 5, before: 10, after: 100, vus: 10 },
      sentence:
        'From second 5 on, half of the answers took 10 times as long: p(50) 100 ms after 10 ms, with 10 virtual users before and after.',
    });
  });

  test('slower answers at more virtual users are no change, in a ramp or a step', () => {
    const grown = (seed: number): Moment[] =>
      seriesOf({ seconds: 120, vus: vusAt, noise: noiseOf({ spread: 0.2 }, seed), latency: (second) => vusAt(second) });
    expect(foundIn(grown)).toEqual([]);
    const stepped = seriesOf({
      seconds: 60,
      vus: stepAt(30, 10, 50),
      latency: stepAt(30, 10, 50),
    });
    expect(found(stepped)).toEqual([]);
  });

  test('change within the second of two plateaus is found there', () => {
    const vus = stepAt(30, 10, 50);
    expect(found(seriesOf({ seconds: 80, vus, latency: twoStepsAt }))).toMatchObject([
      { measure: 'p50', second: 50, vus: 50 },
    ]);
  });

  test('change that lasts for less than 5 s or a tenth of the run is none', () => {
    expect(found(seriesOf({ seconds: 60, latency: peak(20, 30) }))).toEqual([]);
    expect(found(seriesOf({ seconds: 20, latency: peak(16, 20) }))).toEqual([]);
    expect(found(seriesOf({ seconds: 100, latency: peak(92, 100) }))).toEqual([]);
    expect(found(seriesOf({ seconds: 100, latency: peak(90, 100) }))).toHaveLength(1);
  });

  test('drop in answers, rise in failures and slow minority are found, each under its own name', () => {
    const fewer = found(seriesOf({ seconds: 40, requests: stepAt(20, 300, 100) }));
    expect(fewer.map(({ sentence }) => sentence)).toEqual([
      'From second 20 on, 3 times fewer requests were answered: 100/s after 300/s, with 10 virtual users before and after.',
    ]);
    const none = found(seriesOf({ seconds: 40, requests: stepAt(20, 300, 0) }));
    expect(none[0]?.sentence).toMatch(/^From second 20 on, no request was answered any more, after 300\/s/);
    const failing = found(seriesOf({ seconds: 40, failed: stepAt(20, 0.01, 0.4), requests: () => 300 }));
    expect(failing[0]?.sentence).toMatch(/^From second 20 on, 40 % of the requests were refused or failed, after 1 %/);
    const slowTail = found(seriesOf({ seconds: 40, tail: stepAt(20, 3, 30) }));
    expect(slowTail.map(({ measure, second }) => [measure, second])).toEqual([['p95', 20]]);
  });

  test('run at a rate is compared as a whole, however many virtual users it took', () => {
    const latency = stepAt(20, 10, 100);
    const series = seriesOf({ seconds: 40, vus: (second) => latency(second) / 5, latency });
    expect(found(series)).toEqual([]);
    expect(found(series, true)[0]?.sentence).toMatch(/^From second 20 on.* at the same rate of arrivals\.$/);
  });

  test('improvement and a difference of a millisecond are no change for the worse', () => {
    expect(found(seriesOf({ seconds: 40, latency: stepAt(20, 100, 10) }))).toEqual([]);
    expect(found(seriesOf({ seconds: 40, latency: stepAt(20, 0.5, 1.4) }))).toEqual([]);
  });
});
