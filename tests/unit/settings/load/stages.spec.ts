import { expect, test } from '@playwright/test';
import {
  describeStages,
  totalDurationMs,
  maxVus,
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

test.describe('stages', () => {
  test('list of stages is read', () => {
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

  test('malformed list of stages is read as undefined', () => {
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

  test('number of virtual users changes linearly within a stage', () => {
    const times = [0, 1000, 5000, 10_000, 20_000, 30_000, 35_000, 39_900, 40_000, 99_000];
    expect(times.map((time) => vusAt(upAndDown, time))).toEqual([0, 10, 50, 100, 100, 100, 50, 1, 0, 0]);
  });

  test('stage of length 0 sets the number of virtual users at once', () => {
    expect([0, 2500, 4999, 5000].map((time) => vusAt(atOnce, time))).toEqual([8, 8, 8, 0]);
  });

  test('length, maximum of users and user seconds of stages are computed', () => {
    expect([totalDurationMs(upAndDown), maxVus(upAndDown), vuSeconds(upAndDown)]).toEqual([40_000, 100, 3000]);
    expect([totalDurationMs(atOnce), maxVus(atOnce), vuSeconds(atOnce)]).toEqual([5000, 8, 40]);
    expect([totalDurationMs([]), maxVus([]), vuSeconds([])]).toEqual([0, 0, 0]);
  });

  test('user seconds equal the sum of users over time', () => {
    const stepMs = 10;
    let total = 0;
    for (let time = 0; time < totalDurationMs(upAndDown); time += stepMs)
      total += (vusAt(upAndDown, time) * stepMs) / 1000;
    expect(Math.abs(total - vuSeconds(upAndDown))).toBeLessThan(5);
  });

  test('stages are written as durations with their users', () => {
    expect(describeStages(upAndDown)).toBe('10s → 100, 20s → 100, 10s → 0');
  });
});
