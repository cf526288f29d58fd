import { expect, test } from '@playwright/test';
import { mayBeNow, mayBeOneInstant } from '../../../helpers/text/instants.ts';

test.describe('instants', () => {
  test('times that differ only by rounding or notation may be one instant', () => {
    expect(mayBeOneInstant('2026-07-01T09:00:00.600Z', '2026-07-01T09:00:01Z')).toBe(true);
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T18:00:00+09:00')).toBe(true);
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T18:00:00+09:00[Asia/Seoul]')).toBe(true);
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T18:00:00.000+09')).toBe(true);
    expect(mayBeOneInstant(1_782_896_400_000, 1_782_896_400_000)).toBe(true);
  });

  test('times a zone offset apart are not one instant', () => {
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T18:00:00Z')).toBe(false);
    expect(mayBeOneInstant('2026-07-01T09:00:00', '2026-07-01T18:00:00')).toBe(false);
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T09:00:00+09:00[Asia/Seoul]')).toBe(false);
  });

  test('times 4 s apart, as clocks may be, may be one instant', () => {
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T09:00:04Z')).toBe(true);
  });

  test('times in formats that cannot be compared may be one instant', () => {
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', '2026-07-01T18:00:00')).toBe(true);
    expect(mayBeOneInstant('2026-07-01T09:00:00Z', 1)).toBe(true);
  });

  test('time up to 5 minutes away may be now, one half an hour or a zone offset away may not', () => {
    const now = Date.UTC(2026, 6, 1, 9);
    expect(mayBeNow('2026-07-01T09:05:00Z', now)).toBe(true);
    expect(mayBeNow('2026-07-01T18:00:00+09:00[Asia/Seoul]', now)).toBe(true);
    expect(mayBeNow('2026-07-01T18:00:00', now)).toBe(true);
    expect(mayBeNow(now, now)).toBe(true);
    expect(mayBeNow('2026-07-01T18:00:00Z', now)).toBe(false);
    expect(mayBeNow('2026-07-01T09:00:00+09:00', now)).toBe(false);
    expect(mayBeNow('2026-07-01T08:30:00Z', now)).toBe(false);
  });
});
