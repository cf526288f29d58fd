import { expect, test } from '@playwright/test';
import { deviationUnderLoad } from '../../../../helpers/findings/deviations/deviation-under-load.ts';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import type { LedgerBreach } from '../../../../helpers/ledger/ledger-breach.ts';
import type { LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import type { LoadFinding } from '../../../../helpers/load/measure/load-summary.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import {
  exampleBroken,
  exampleCause,
  exampleDeviation,
  examplePart,
} from '../../support/examples/example-load-part.ts';

const findingsOf = (changes: Partial<LoadPart>): LoadFinding[] => summarise([examplePart(changes)]).findings;

const underLoad = (breach: Partial<LedgerBreach>): Deviation =>
  deviationUnderLoad(reference, { check: 'money', sentence: 'a breach', ...breach }, [], {
    last: 'pay',
    circumstance: 'under-load',
  });

const goneFrom = (userId: number): LoadPart['deviations'][number] => ({
  subject: `user ${userId}`,
  deviation: underLoad({ userId, expected: 1_000, seen: 900 }),
});

test.describe('findings of a load run', () => {
  test('clean run has no findings', () => {
    expect(findingsOf({})).toEqual([]);
    expect(findingsOf({ causes: [exampleCause()] })).toEqual([]);
  });

  test('same breach of 12 accounts is one finding with their number and what they lost', () => {
    const findings = findingsOf({ deviations: Array.from({ length: 12 }, (_, nth) => goneFrom(nth + 1)) });
    expect(findings).toMatchObject([
      {
        id: 'debited-without-payment-pay-under-load',
        severity: 'critical',
        family: 'money',
        circumstance: 'under-load',
        count: 12,
        sentence:
          'Payment, under load: 100 won are gone: the balance of user 1 is 900 won and should be 1000. ' +
          'So for 12 accounts, 1,200 won in all.',
        details: [],
      },
    ]);
  });

  test('breach seen only for accounts with an equally severe one is a consequence of it', () => {
    const paidTwice = underLoad({ check: 'several-payments', userId: 1, orderId: 7, expected: 50, seen: 100 });
    const findings = findingsOf({
      deviations: [{ subject: 'user 1', deviation: paidTwice }, goneFrom(1)],
    });
    expect(findings.map(({ kind }) => kind)).toEqual(['charged-twice']);
    expect(findings[0]?.details).toEqual(['seen with it and not alone: money left a balance without a payment for it']);
  });

  test('most severe findings come first, then the most frequent', () => {
    const findings = findingsOf({
      deviations: [{ subject: 'product 3', deviation: underLoad({ check: 'oversold', productId: 3, seen: -2 }) }],
      broken: [
        exampleBroken({
          count: 40,
          sample: 'POST /pay',
          deviation: exampleDeviation({ kind: 'malformed-answer', numbers: {} }),
        }),
        exampleBroken({ count: 9 }),
      ],
      causes: [
        exampleCause({ reason: 'server-error', status: 500, code: 'A', count: 30 }),
        exampleCause({ reason: 'time-out', status: undefined, code: undefined, count: 2, stage: 'order' }),
      ],
    });
    expect(findings.map(({ severity, kind, count }) => `${severity} ${kind} ${count}`)).toEqual([
      'critical oversold 1',
      'major server-error 30',
      'major replay-differs 9',
      'major no-answer 2',
      'minor malformed-answer 40',
    ]);
    expect(findings[1]?.sentence).toBe(
      'Payment, under load: 30 of 298 requests were answered 500 A, the first after 4.2 s.',
    );
    expect(findings[2]?.sentence).toMatch(/ So 9 times\.$/);
    expect(findings[4]?.sample).toBe('POST /pay');
  });

  test('same defect in several parts of a run is one finding', () => {
    const part = { broken: [exampleBroken({ count: 2 })], deviations: [goneFrom(1)] };
    const { findings } = summarise([
      examplePart({ ...part, parts: 2 }),
      examplePart({ ...part, part: 1, parts: 2, deviations: [goneFrom(2)] }),
    ]);
    expect(findings.map(({ kind, count }) => `${kind} ${count}`)).toEqual([
      'debited-without-payment 2',
      'replay-differs 4',
    ]);
  });
});
