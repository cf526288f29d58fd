import { expect, test } from '@playwright/test';
import { describeDuration, parseDuration } from '../../../../helpers/settings/load/duration.ts';

test.describe('durations', () => {
  test('duration is read in the format of k6', () => {
    const read = ['250ms', '90s', '1m30s', '2h', '1h2m3s4ms', '1.5s', ' 5s ', '0s'].map(parseDuration);
    expect(read).toEqual([250, 90_000, 90_000, 7_200_000, 3_723_004, 1500, 5000, 0]);
  });

  test('malformed duration is read as undefined', () => {
    for (const text of ['', '5', 's', '-1s', '1d', '1m 30s', '5s.', 'x5s', '1e3s', '1.s', '٣s'])
      expect.soft(parseDuration(text), text).toBeUndefined();
  });

  test('duration is written without parts that are 0', () => {
    const written = [0, 250, 10_000, 60_000, 90_000, 210_000, 3_600_000, 3_723_000].map(describeDuration);
    expect(written).toEqual(['0ms', '250ms', '10s', '1m', '1m30s', '3m30s', '1h', '1h2m3s']);
  });
});
