import { expect, test } from '@playwright/test';
import type { Counters, LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import { expectedVerdict } from '../../../../helpers/load/audit/expected-verdict.ts';
import { stoppedByHand } from '../../../../helpers/load/audit/load-verdict.ts';
import { noLedger, withoutDatabase } from '../../../../helpers/load/audit/load-ledger.ts';
import { summarise } from '../../../../helpers/load/measure/summarise.ts';
import {
  allSucceeded,
  cleanLedger,
  counted,
  encodedDurations,
  exampleCause,
  examplePart,
} from '../../support/example-load-part.ts';

const verdictOf = (changes: Partial<LoadPart> = {}, ...others: LoadPart[]): string => {
  const { verdict, reason } = summarise([examplePart(changes), ...others]);
  return `${verdict}: ${reason}`;
};

const threshold = (metric: string, expression: string) => ({ metric, expression });

const failing = { ...allSucceeded(100), iterations_succeeded: 70, iterations_failed: 30 };

test.describe('load verdict', () => {
  test('PASS: every threshold was kept and the ledger is clean', () => {
    expect(verdictOf()).toBe('PASS: All 1 thresholds were kept and the ledger is clean.');
  });

  test('FAIL: iterations failed, although every threshold was kept', () => {
    expect(verdictOf({ counters: failing, causes: [exampleCause()] })).toMatch(
      /^FAIL: 30 of 100 iterations failed \(30\.00 %\)\. 30 of \d+ payment requests/,
    );
    expect(verdictOf({ counters: failing, thresholds: [], causes: [exampleCause()] })).toMatch(/^FAIL: 30 of 100/);
  });

  test('PASS with failed iterations only where a threshold says how many may fail', () => {
    const verdictWith = (metric: string, expression: string, changes: Partial<Counters> = {}): string =>
      verdictOf({ counters: { ...failing, ...changes }, thresholds: [threshold(metric, expression)] });
    expect(verdictWith('errors', 'rate<0.4')).toBe(
      'PASS: All 1 thresholds were kept and the ledger is clean. 30 of 100 iterations failed (30.00 %), which errors rate<0.4 allows.',
    );
    expect(verdictWith('success', 'rate>0.6')).toMatch(/^PASS/);
    expect(verdictWith('http_req_failed', 'rate<0.4')).toMatch(/^PASS/);
    // It allows orders to fail, and no payment.
    expect(verdictWith('order_creation_success', 'rate>0.6', { orders_created: 70 })).toMatch(/^PASS/);
    expect(verdictWith('order_creation_success', 'rate>0.6', { orders_created: 71 })).toMatch(/^FAIL/);
    expect(verdictWith('http_req_duration', 'p(95)<1000')).toMatch(/^FAIL/);
    // That nothing at all succeeds is no threshold to allow.
    expect(verdictWith('errors', 'rate<=1', { iterations_succeeded: 0, iterations_failed: 100 })).toBe(
      'FAIL: All 100 iterations failed.',
    );
  });

  test('FAIL: a threshold was missed, with its value and the leading cause', () => {
    const thresholds = [threshold('http_req_duration', 'p(95)<20'), threshold('errors', 'rate<0.1')];
    expect(verdictOf({ thresholds, counters: failing, causes: [exampleCause()] })).toMatch(
      /^FAIL: Not kept: http_req_duration p\(95\)<20 \(5\d\.\d+\), errors rate<0\.1 \(0\.3\)\. 30 of \d+ payment requests .* balance is too low/,
    );
  });

  test('FAIL: the ledger does not add up, whatever the thresholds say', () => {
    const ledger = { ...cleanLedger, problems: ['money of user 1 is not conserved'] };
    expect(verdictOf({ ledger })).toMatch(/^FAIL: The target broke its promises: 1 deviation in the tables/);
  });

  test('FAIL: a replay was not the original', () => {
    const counters = counted({ ...allSucceeded(100), idempotency_verification_failure: 1 });
    expect(verdictOf({ counters, broken: ['a replay'] })).toMatch(
      /^FAIL: The target broke its promises: 1 payment answered otherwise than promised/,
    );
  });

  test('FAIL: a lasting cause has stopped the run', () => {
    const stoppedEarly = '200 of the last 200 iterations were refused for balance';
    expect(verdictOf({ stoppedEarly, causes: [exampleCause()] })).toMatch(
      /^FAIL: Stopped early: 200 of the last 200 iterations were refused for balance\. 30 of/,
    );
  });

  test('FAIL, not inconclusive: nothing was measured since everything failed', () => {
    const counters = counted({ iterations: 50, iterations_failed: 50, http_reqs: 50, http_req_failed: 50 });
    expect(verdictOf({ counters, durations: encodedDurations([]), causes: [exampleCause()] })).toMatch(
      /^FAIL: All 50 iterations failed\. 30 of/,
    );
  });

  test('INCONCLUSIVE: nothing failed, but a threshold has no samples', () => {
    const thresholds = [threshold('http_req_duration', 'p(95)<1000'), threshold('idempotency_conflicts', 'count<5')];
    const counters = { ...allSucceeded(100), duplicates_sent: 0 };
    expect(verdictOf({ thresholds, counters })).toBe('INCONCLUSIVE: Not measured: idempotency_conflicts count<5.');
  });

  test('INCONCLUSIVE: no iteration was completed', () => {
    expect(verdictOf({ counters: counted({}), thresholds: [] })).toBe('INCONCLUSIVE: No iteration was completed.');
  });

  test('INCONCLUSIVE: the tables could not be audited', () => {
    expect(verdictOf({ ledger: noLedger })).toBe('INCONCLUSIVE: The tables could not be audited.');
  });

  test('INCONCLUSIVE: without a database every threshold may be kept, and the tables stay unproven', () => {
    const ledger = { ...noLedger, notAudited: withoutDatabase };
    expect(verdictOf({ ledger })).toBe(
      'INCONCLUSIVE: All 1 thresholds were kept, but the run was without a database: that money and stock add up in the ' +
        'tables, and that every order has one payment there, is not proven. Set DB_HOST to the database behind BASE_URL for a PASS.',
    );
    expect(verdictOf({ ledger, thresholds: [threshold('errors', 'rate>0')] })).toMatch(/^FAIL: Not kept/);
  });

  test('INCONCLUSIVE: parts are missing', () => {
    expect(verdictOf({ parts: 3 }, examplePart({ part: 1, parts: 3 }))).toBe(
      'INCONCLUSIVE: Only 2 of 3 parts are here.',
    );
    expect(verdictOf({ parts: 2 }, examplePart({ part: 1, parts: 2 }))).toMatch(/^PASS/);
  });

  test('a shard waits for the others only where nothing but their parts is lacking', () => {
    const expected = (changes: Partial<LoadPart>, shard: { total: number } | null) =>
      expectedVerdict(summarise([examplePart({ parts: 3, ...changes })]), shard);
    const shard = { total: 2 };
    const description =
      '2 of the 3 parts are with the other shards: merge all with `npm run load -- --merge FOLDER...`';
    expect(expected({}, shard)).toEqual({
      verdict: 'INCONCLUSIVE',
      annotations: [{ type: 'other shards', description }],
    });
    const whole = { verdict: 'PASS', annotations: [] };
    expect([expected({}, null), expectedVerdict(undefined, shard)]).toEqual([whole, whole]);
    const deficits: Partial<LoadPart>[] = [
      { parts: 1 },
      { stoppedEarly: stoppedByHand },
      { ledger: noLedger },
      { counters: failing },
      { blocked: 'too little' },
    ];
    for (const deficit of deficits) expect.soft(expected(deficit, shard), JSON.stringify(deficit)).toEqual(whole);
  });

  test('INCONCLUSIVE: stopped by hand, unless something had failed by then', () => {
    const expected = 'INCONCLUSIVE: Stopped by hand; all thresholds were kept until then.';
    expect([verdictOf({ stoppedEarly: stoppedByHand }), verdictOf({ interrupted: true })]).toEqual([
      expected,
      expected,
    ]);
    expect(verdictOf({ interrupted: true, thresholds: [threshold('errors', 'rate>0')] })).toMatch(/^FAIL: Not kept/);
  });

  test('BLOCKED: nothing was run, with the reason of whichever part was blocked', () => {
    const blocked = examplePart({ part: 1, blocked: 'The lowest account holds 5 won.' });
    expect(verdictOf({ counters: counted({}) }, blocked)).toBe('BLOCKED: The lowest account holds 5 won.');
  });
});
