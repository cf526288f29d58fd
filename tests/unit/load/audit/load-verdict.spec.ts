import { expect, test } from '@playwright/test';
import type { Counters, LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import { stoppedByHand } from '../../../../helpers/load/audit/load-verdict.ts';
import { noLedger, withoutDatabase } from '../../../../helpers/load/audit/load-ledger.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import {
  allSucceeded,
  cleanLedger,
  counted,
  encodedDurations,
  exampleBroken,
  exampleCause,
  exampleMoment,
  examplePart,
} from '../../support/examples/example-load-part.ts';

const verdictOf = (changes: Partial<LoadPart> = {}, ...others: LoadPart[]): string => {
  const { verdict, reason } = summarise([examplePart(changes), ...others]);
  return `${verdict}: ${reason}`;
};

const threshold = (metric: string, expression: string) => ({ metric, expression });

const failing = { ...allSucceeded(100), iterations_succeeded: 70, iterations_failed: 30 };

test.describe('load verdict', () => {
  test('kept thresholds and a clean ledger give PASS', () => {
    expect(verdictOf()).toBe('PASS: All 1 thresholds were kept and the ledger is clean.');
  });

  test('lasting change gives a warning beside PASS, with its moment and size', () => {
    const moments = Array.from({ length: 20 }, (_, second) =>
      exampleMoment(second, { durations: new Array<number>(40).fill(second < 5 ? 10 : 100) }),
    );
    const { verdict, reason, changes } = summarise([examplePart({ moments })]);
    expect(`${verdict}: ${reason}`).toMatch(
      /^PASS: All 1 thresholds were kept and the ledger is clean\. Warning: From second 5 on, half of the answers took \d+ times as long: p\(50\) 100 ms after 10 ms/,
    );
    expect(changes).toMatchObject([{ measure: 'p50', second: 5, vus: 10 }]);
    expect(summarise([examplePart()])).not.toHaveProperty('changes');
  });

  test('failed iterations give FAIL although every threshold was kept', () => {
    expect(verdictOf({ counters: failing, causes: [exampleCause()] })).toMatch(
      /^FAIL: 30 of 100 iterations failed \(30\.00 %\)\. 30 of \d+ payment requests/,
    );
    expect(verdictOf({ counters: failing, thresholds: [], causes: [exampleCause()] })).toMatch(/^FAIL: 30 of 100/);
  });

  test('failed iterations give PASS only where a threshold allows them', () => {
    const verdictWith = (metric: string, expression: string, changes: Partial<Counters> = {}): string =>
      verdictOf({ counters: { ...failing, ...changes }, thresholds: [threshold(metric, expression)] });
    expect(verdictWith('errors', 'rate<0.4')).toBe(
      'PASS: All 1 thresholds were kept and the ledger is clean. 30 of 100 iterations failed (30.00 %), which errors rate<0.4 allows.',
    );
    expect(verdictWith('success', 'rate>0.6')).toMatch(/^PASS/);
    expect(verdictWith('http_req_failed', 'rate<0.4')).toMatch(/^PASS/);
    // This threshold allows orders to fail, but no payment.
    expect(verdictWith('order_creation_success', 'rate>0.6', { orders_created: 70 })).toMatch(/^PASS/);
    expect(verdictWith('order_creation_success', 'rate>0.6', { orders_created: 71 })).toMatch(/^FAIL/);
    expect(verdictWith('http_req_duration', 'p(95)<1000')).toMatch(/^FAIL/);
    // No threshold allows that every iteration fails.
    expect(verdictWith('errors', 'rate<=1', { iterations_succeeded: 0, iterations_failed: 100 })).toBe(
      'FAIL: All 100 iterations failed.',
    );
  });

  test('missed threshold gives FAIL with its value and the leading cause', () => {
    const thresholds = [threshold('http_req_duration', 'p(95)<20'), threshold('errors', 'rate<0.1')];
    expect(verdictOf({ thresholds, counters: failing, causes: [exampleCause()] })).toMatch(
      /^FAIL: Not kept: http_req_duration p\(95\)<20 \(5\d\.\d+\), errors rate<0\.1 \(0\.3\)\. 30 of \d+ payment requests .* balance is too low/,
    );
  });

  test('ledger that does not add up gives FAIL although every threshold was kept', () => {
    const ledger = { ...cleanLedger, problems: ['money of user 1 is not conserved'] };
    expect(verdictOf({ ledger })).toMatch(/^FAIL: The target broke its promises: 1 deviation in the tables/);
  });

  test('replay that differs from the original gives FAIL', () => {
    const counters = counted({ ...allSucceeded(100), idempotency_verification_failure: 1 });
    expect(verdictOf({ counters, broken: [exampleBroken()] })).toMatch(
      /^FAIL: The target broke its promises: 1 payment answered otherwise than promised/,
    );
  });

  test('run stopped early by a lasting cause gives FAIL', () => {
    const stoppedEarly = '200 of the last 200 iterations were refused for balance';
    expect(verdictOf({ stoppedEarly, causes: [exampleCause()] })).toMatch(
      /^FAIL: Stopped early: 200 of the last 200 iterations were refused for balance\. 30 of/,
    );
  });

  test('run in which everything failed gives FAIL although nothing was measured', () => {
    const counters = counted({ iterations: 50, iterations_failed: 50, http_reqs: 50, http_req_failed: 50 });
    expect(verdictOf({ counters, durations: encodedDurations([]), causes: [exampleCause()] })).toMatch(
      /^FAIL: All 50 iterations failed\. 30 of/,
    );
  });

  test('threshold without samples gives INCONCLUSIVE when nothing failed', () => {
    const thresholds = [threshold('http_req_duration', 'p(95)<1000'), threshold('idempotency_conflicts', 'count<5')];
    const counters = { ...allSucceeded(100), duplicates_sent: 0 };
    expect(verdictOf({ thresholds, counters })).toBe('INCONCLUSIVE: Not measured: idempotency_conflicts count<5.');
  });

  test('run without a completed iteration gives INCONCLUSIVE', () => {
    expect(verdictOf({ counters: counted({}), thresholds: [] })).toBe('INCONCLUSIVE: No iteration was completed.');
  });

  test('tables that could not be audited give INCONCLUSIVE', () => {
    expect(verdictOf({ ledger: noLedger })).toBe('INCONCLUSIVE: The tables could not be audited.');
  });

  test('run without a database gives INCONCLUSIVE, or FAIL if a threshold was missed', () => {
    const ledger = { ...noLedger, notAudited: withoutDatabase };
    expect(verdictOf({ ledger })).toBe(
      'INCONCLUSIVE: All 1 thresholds were kept, but the run was without a database: that money and stock add up in the ' +
        'tables, and that every order has one payment there, is not proven. Set DB_HOST to the database behind BASE_URL for a PASS.',
    );
    expect(verdictOf({ ledger, thresholds: [threshold('errors', 'rate>0')] })).toMatch(/^FAIL: Not kept/);
  });

  test('missing parts give INCONCLUSIVE, complete parts PASS', () => {
    expect(verdictOf({ parts: 3 }, examplePart({ part: 1, parts: 3 }))).toBe(
      'INCONCLUSIVE: Only 2 of 3 parts are here.',
    );
    expect(verdictOf({ parts: 2 }, examplePart({ part: 1, parts: 2 }))).toMatch(/^PASS/);
  });

  test('run stopped by hand gives INCONCLUSIVE, or FAIL if a threshold was missed by then', () => {
    const expected = 'INCONCLUSIVE: Stopped by hand; all thresholds were kept until then.';
    expect([verdictOf({ stoppedEarly: stoppedByHand }), verdictOf({ interrupted: true })]).toEqual([
      expected,
      expected,
    ]);
    expect(verdictOf({ interrupted: true, thresholds: [threshold('errors', 'rate>0')] })).toMatch(/^FAIL: Not kept/);
  });

  test('one blocked part gives BLOCKED with its reason', () => {
    const blocked = examplePart({ part: 1, blocked: 'The lowest account holds 5 won.' });
    expect(verdictOf({ counters: counted({}) }, blocked)).toBe('BLOCKED: The lowest account holds 5 won.');
    const ledger = { ...cleanLedger, problems: ['order 7 has 2 payments'] };
    expect(verdictOf({ ledger }, blocked)).toMatch(/^FAIL: .*1 deviation/);
  });
});
