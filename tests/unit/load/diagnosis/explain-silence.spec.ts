import { expect, test } from '@playwright/test';
import { diagnose } from '../../../../helpers/load/diagnosis/diagnose.ts';
import { noLedger } from '../../../../helpers/load/audit/load-ledger.ts';
import type { Cause } from '../../../../helpers/load/measure/load-part.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import { diagnosed, exampleCounters } from '../../support/examples/example-diagnosis.ts';
import { exampleCause, examplePart, exampleStart } from '../../support/examples/example-load-part.ts';

const noAnswer = { reason: 'no-answer', firstMs: exampleStart + 4200, sample: 'read ECONNRESET' };

/** Returns a cause without status and code: a lost answer. */
const lost = (changes: Partial<Cause> = {}): Cause => {
  const { status, code, ...rest } = exampleCause({ ...noAnswer, ...changes });
  expect([status, code]).toEqual([409, 'PAY001']);
  return rest;
};

test.describe('diagnosis of lost answers', () => {
  test('API that stopped answering is reported gone since its last answer, not since an earlier lost one', () => {
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

  test('API that never answered is reported gone from the start, and an unreachable database is named too', () => {
    const never = examplePart({ counters: exampleCounters, causes: [lost({ firstMs: exampleStart })] });
    delete never.lastAnsweredMs;
    never.ledger = { ...noLedger, notAudited: 'connect ECONNREFUSED 127.0.0.1:3306' };
    const [diagnosis] = diagnose(mergeParts([never]), []);
    expect(diagnosis?.sentence).toContain('the API was gone from second 0.0 on');
    expect(diagnosis?.evidence.slice(1)).toEqual([
      'nothing was ever answered',
      'the database did not answer either, after the run: connect ECONNREFUSED 127.0.0.1:3306',
    ]);
  });

  test('API that goes on answering, or lost only its last answer, is not reported gone', () => {
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

  test('API that still answers another part of the run is not reported gone', () => {
    const silent = examplePart({ counters: exampleCounters, causes: [lost()], lastAnsweredMs: exampleStart + 4000 });
    const causesWith = (lastAnsweredMs: number): string[] =>
      diagnose(mergeParts([silent, examplePart({ part: 1, lastAnsweredMs })]), []).map(({ cause }) => cause);
    expect(causesWith(exampleStart + 9000)).toEqual(['answers-lost']);
    expect(causesWith(exampleStart + 4500)).toEqual(['api-gone']);
  });
});
