import { expect, test } from '@playwright/test';
import { thresholdMistake } from '../../../../helpers/settings/load/threshold-mistake.ts';
import { parseThresholds } from '../../../../helpers/settings/load/thresholds.ts';

test.describe('threshold mistakes', () => {
  test('threshold on an unknown metric or aggregation is answered with what is allowed', () => {
    const mistakeIn = (text: string): string | undefined => thresholdMistake(parseThresholds(text) ?? []);
    expect(mistakeIn('http_req_duration:p(95)<1,errors:rate<1,iterations:rate>1,iterations:count>1')).toBeUndefined();
    expect(mistakeIn('errors:rate<1,http_req_durations:p(95)<1')).toMatch(
      /^thresholds on metrics that a load run has; http_req_durations is none \(did you mean http_req_duration\?\): .*\berrors\b/,
    );
    expect(mistakeIn('checks:rate>0.9')).toMatch(/checks is none: http_req_duration, /);
    expect(mistakeIn('toString:rate>0.9')).toMatch(/toString is none/);
    expect(mistakeIn('errors:p(95)<1')).toBe('for errors, which is a rate: rate; it has no p(95)<1');
    expect(mistakeIn('http_req_duration:count>1')).toMatch(
      /a trend: avg, min, med, max and p\(95\); it has no count>1/,
    );
    expect(mistakeIn('iterations:avg>1')).toMatch(/a counter: count and rate; it has no avg>1/);
  });
});
