import { expect, test } from '@playwright/test';
import { diagnose } from '../../../../helpers/load/diagnosis/diagnose.ts';
import { noLedger } from '../../../../helpers/load/audit/load-ledger.ts';
import type { Cause, LoadPart, PartMoment } from '../../../../helpers/load/measure/load-part.ts';
import type { Diagnosis } from '../../../../helpers/load/measure/load-summary.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import {
  counted,
  encodedDurations,
  exampleCause,
  exampleMoment,
  examplePart,
  exampleStart,
} from '../../support/example-load-part.ts';

const counters = counted({
  http_reqs: 400,
  orders_created: 100,
  idempotency_verification_failure: 2,
  unknown_resolved: 3,
  unknown_left: 1,
});

const diagnosed = (causes: Cause[], changes: Partial<LoadPart> = {}): Diagnosis[] =>
  diagnose(mergeParts([examplePart({ counters, causes, ...changes })]), []);

const noAnswer = { reason: 'no-answer', firstMs: exampleStart + 4200, sample: 'read ECONNRESET' };

/** A cause without status and code. */
const lost = (changes: Partial<Cause> = {}): Cause => {
  const { status, code, ...rest } = exampleCause({ ...noAnswer, ...changes });
  expect([status, code]).toEqual([409, 'PAY001']);
  return rest;
};

const slowMoments = (...p95s: readonly number[]): PartMoment[] =>
  p95s.map((p95, second) => exampleMoment(second, { durations: new Array<number>(20).fill(p95) }));

test.describe('load diagnosis of silence', () => {
  test('an API that is gone, and since when: an earlier lost answer does not date it', () => {
    const firstMs = exampleStart + 900;
    const [gone] = diagnosed([lost({ firstMs })], { lastAnsweredMs: exampleStart + 5100 });
    expect(gone).toMatchObject({ cause: 'api-gone' });
    expect(gone?.sentence).toContain('the API was gone from second 5.1 on');
    expect(gone?.evidence).toEqual([
      'no answer: read ECONNRESET',
      'its last answer came at second 5.1 (2026-07-01T09:00:05.100Z), and nothing in the 3.9 s after that',
    ]);
    expect(gone?.remedy).toContain('2026-07-01T09:00:05.100Z');
  });

  test('an API that was never there, and a database that is gone too', () => {
    const never = examplePart({ counters, causes: [lost({ firstMs: exampleStart })] });
    delete never.lastAnsweredMs;
    never.ledger = { ...noLedger, notAudited: 'connect ECONNREFUSED 127.0.0.1:3306' };
    const [diagnosis] = diagnose(mergeParts([never]), []);
    expect(diagnosis?.sentence).toContain('the API was gone from second 0.0 on');
    expect(diagnosis?.evidence.slice(1)).toEqual([
      'nothing was ever answered',
      'the database did not answer either, after the run: connect ECONNREFUSED 127.0.0.1:3306',
    ]);
  });

  test('an API that goes on answering, or lost an answer at the very end, is not gone', () => {
    // The last one was lost at second 9.
    for (const second of [8.1, 9, 12]) {
      const diagnoses = diagnosed([lost()], { lastAnsweredMs: exampleStart + second * 1000 });
      expect.soft(diagnoses.map(({ cause }) => cause)).toEqual(['answers-lost']);
    }
    const [diagnosis] = diagnosed([lost()]);
    expect(diagnosis?.evidence).toEqual([
      'no answer: read ECONNRESET',
      '3 payments among them were found to be made by a replay, 1 stayed open; 30 requests in all',
      'there were 10 virtual users at the time',
    ]);
  });

  test('parts share one API: it is not gone for one as long as another is answered', () => {
    const silent = examplePart({ counters, causes: [lost()], lastAnsweredMs: exampleStart + 4000 });
    const causesWith = (lastAnsweredMs: number): string[] =>
      diagnose(mergeParts([silent, examplePart({ part: 1, lastAnsweredMs })]), []).map(({ cause }) => cause);
    expect(causesWith(exampleStart + 9000)).toEqual(['answers-lost']);
    expect(causesWith(exampleStart + 4500)).toEqual(['api-gone']);
  });

  test('slowness, and when it began', () => {
    const slow = diagnosed([], { moments: slowMoments(20, 20, 30, 20, 1500, 2500, 1800, 1900) });
    expect(slow.map(({ cause }) => cause)).toEqual(['slowness']);
    expect(slow[0]?.sentence).toMatch(
      /^The answers became slow after 4 s, at 10 virtual users: p\(95\) went to 25\d\d ms\.$/,
    );
    expect(slow[0]?.evidence).toEqual([
      expect.stringMatching(/^before, p\(95\) was 20 ms$/),
      'in 4 of 8 moments p(95) was over 1000 ms',
    ]);
    const always = diagnosed([], { moments: slowMoments(1500, 1500, 1500) });
    expect(always[0]?.evidence[0]).toBe('they were slow from the beginning');
  });

  test('slow is what misses a threshold on durations, measured as the threshold is', () => {
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

  test('single slow moments are no slowness, and do not date one', () => {
    expect(diagnosed([], { moments: slowMoments(20, 1500, 1500, 20) })).toEqual([]);
    const rare = Array.from({ length: 100 }, (_, second) => (second % 20 === 5 ? 1500 : 20));
    expect(diagnosed([], { moments: slowMoments(...rare) })).toEqual([]);
    const later = diagnosed([], { moments: slowMoments(1500, 20, 20, 20, 20, 20, 1500, 1500, 1500) });
    expect(later[0]?.sentence).toContain('after 6 s');
  });
});
