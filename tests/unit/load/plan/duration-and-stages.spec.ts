import { expect, test } from '@playwright/test';
import { describeDuration, parseDuration } from '../../../../helpers/settings/load/duration.ts';
import {
  describeStages,
  lengthOf,
  mostVus,
  parseStages,
  vusAt,
  vuSeconds,
} from '../../../../helpers/settings/load/stages.ts';

const upAndDown = [
  { durationMs: 10_000, vus: 100 },
  { durationMs: 20_000, vus: 100 },
  { durationMs: 10_000, vus: 0 },
];

const atOnce = [
  { durationMs: 0, vus: 8 },
  { durationMs: 5000, vus: 8 },
];

test.describe('durations and stages', () => {
  test('a duration is read as k6 writes it', () => {
    const read = ['250ms', '90s', '1m30s', '2h', '1h2m3s4ms', '1.5s', ' 5s ', '0s'].map(parseDuration);
    expect(read).toEqual([250, 90_000, 90_000, 7_200_000, 3_723_004, 1500, 5000, 0]);
  });

  test('what is no duration is none', () => {
    for (const text of ['', '5', 's', '-1s', '1d', '1m 30s', '5s.', 'x5s', '1e3s', '1.s', '٣s'])
      expect.soft(parseDuration(text), text).toBeUndefined();
  });

  test('a duration is written for people, without parts that are 0', () => {
    const written = [0, 250, 10_000, 60_000, 90_000, 210_000, 3_600_000, 3_723_000].map(describeDuration);
    expect(written).toEqual(['0ms', '250ms', '10s', '1m', '1m30s', '3m30s', '1h', '1h2m3s']);
  });

  test('stages are read', () => {
    expect(parseStages('30s:100, 1m:100,30s:0')).toEqual([
      { durationMs: 30_000, vus: 100 },
      { durationMs: 60_000, vus: 100 },
      { durationMs: 30_000, vus: 0 },
    ]);
    expect(parseStages('0s:5,10s:5')).toEqual([
      { durationMs: 0, vus: 5 },
      { durationMs: 10_000, vus: 5 },
    ]);
  });

  test('what are no stages are none', () => {
    for (const text of [
      '',
      ',',
      '30s',
      '30s:',
      ':5',
      '30s:5,',
      '30s:-1',
      '30s:1.5',
      '30s:5:6',
      '30:5',
      '0s:100',
      '5s:100000',
    ])
      expect.soft(parseStages(text), text).toBeUndefined();
  });

  test('virtual users change evenly within a stage', () => {
    const times = [0, 1000, 5000, 10_000, 20_000, 30_000, 35_000, 39_900, 40_000, 99_000];
    expect(times.map((time) => vusAt(upAndDown, time))).toEqual([0, 10, 50, 100, 100, 100, 50, 1, 0, 0]);
  });

  test('a stage of no length sets the number at once', () => {
    expect([0, 2500, 4999, 5000].map((time) => vusAt(atOnce, time))).toEqual([8, 8, 8, 0]);
  });

  test('the length, the most users and the users × seconds', () => {
    expect([lengthOf(upAndDown), mostVus(upAndDown), vuSeconds(upAndDown)]).toEqual([40_000, 100, 3000]);
    expect([lengthOf(atOnce), mostVus(atOnce), vuSeconds(atOnce)]).toEqual([5000, 8, 40]);
    expect([lengthOf([]), mostVus([]), vuSeconds([])]).toEqual([0, 0, 0]);
  });

  test('the users × seconds are what the users at every time come to', () => {
    const stepMs = 10;
    let total = 0;
    for (let time = 0; time < lengthOf(upAndDown); time += stepMs) total += (vusAt(upAndDown, time) * stepMs) / 1000;
    expect(Math.abs(total - vuSeconds(upAndDown))).toBeLessThan(5);
  });

  test('stages are written for people', () => {
    expect(describeStages(upAndDown)).toBe('10s → 100, 20s → 100, 10s → 0');
  });
});
