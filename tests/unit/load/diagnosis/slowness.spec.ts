import { expect, test } from '@playwright/test';
import type { PartMoment } from '../../../../helpers/load/measure/load-part.ts';
import type { Diagnosis } from '../../../../helpers/load/measure/load-summary.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import { diagnosed } from '../../support/examples/example-diagnosis.ts';
import { encodedDurations, exampleMoment, examplePart } from '../../support/examples/example-load-part.ts';

const slowMoments = (...p95s: readonly number[]): PartMoment[] =>
  p95s.map((p95, second) => exampleMoment(second, { durations: new Array<number>(20).fill(p95) }));

test.describe('slowness', () => {
  test('slow answers are diagnosed with the time they began and the p(95) before it', () => {
    const slow = diagnosed([], { moments: slowMoments(20, 20, 30, 20, 1500, 2500, 1800, 1900) });
    expect(slow.map(({ cause }) => cause)).toEqual(['slowness']);
    expect(slow[0]?.sentence).toMatch(
      /^The answers became slow after 4 s, at 10 virtual users: p\(95\) went to 25\d\d ms\.$/,
    );
    expect(slow[0]?.evidence).toEqual([
      expect.stringMatching(/^before, p\(95\) was 20 ms$/),
      'there had been up to 10 virtual users before, so it is not for their number',
      'in 4 of 8 moments p(95) was over 1000 ms',
    ]);
    const always = diagnosed([], { moments: slowMoments(1500, 1500, 1500) });
    expect(always[0]?.evidence[0]).toBe('they were slow from the beginning');
  });

  test('slowness is linked to growing virtual users, and to no unmeasured part of the API', () => {
    const growing = slowMoments(20, 20, 1500, 1500, 1500).map((moment, second) => ({
      ...moment,
      vus: 10 * (second + 1),
    }));
    const [slow] = diagnosed([], { moments: growing });
    expect(slow?.evidence[1]).toBe('there had been at most 20 virtual users until then');
    expect(slow?.remedy).toContain('It was not slow with up to 20 virtual users.');
    const [steady] = diagnosed([], { moments: slowMoments(20, 20, 1500, 1500, 1500) });
    for (const { remedy = '', evidence = [] } of [slow, steady].flatMap((one) => one ?? []))
      expect([remedy, ...evidence].join()).not.toMatch(/lock|pool|processor|connection/);
    expect(steady?.remedy).not.toContain('virtual users.');
  });

  test('slowness is measured by the aggregation and bound of the first missed duration threshold', () => {
    const durations = encodedDurations([20, 20, 600, 600, 600]);
    const slownessWith = (...expressions: readonly string[]): Diagnosis[] =>
      summarise([
        examplePart({
          thresholds: expressions.map((expression) => ({ metric: 'http_req_duration', expression })),
          durations,
          moments: slowMoments(20, 20, 600, 600, 600, 600),
        }),
      ]).diagnosis;
    const [missed] = slownessWith('p(95)<5000', 'p(95)<500', 'p(95)<100');
    expect(missed?.sentence).toContain('after 2 s');
    expect(missed?.evidence.at(-1)).toBe('in 4 of 6 moments p(95) was over 500 ms');
    const [average] = slownessWith('avg<=300');
    expect(average?.sentence).toMatch(/: avg went to 60\d ms\.$/);
    expect(average?.evidence.at(-1)).toBe('in 4 of 6 moments avg was over 300 ms');
    expect(slownessWith('p(95)<700', 'min>30')).toEqual([]);
  });

  test('single slow moments are no slowness and do not date its beginning', () => {
    expect(diagnosed([], { moments: slowMoments(20, 1500, 1500, 20) })).toEqual([]);
    const rare = Array.from({ length: 100 }, (_, second) => (second % 20 === 5 ? 1500 : 20));
    expect(diagnosed([], { moments: slowMoments(...rare) })).toEqual([]);
    const later = diagnosed([], { moments: slowMoments(1500, 20, 20, 20, 20, 20, 1500, 1500, 1500) });
    expect(later[0]?.sentence).toContain('after 6 s');
  });
});
