import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import type { EndedScenario } from '../../../../helpers/findings/grouping/ended-scenario.ts';
import { findingsOfRun } from '../../../../helpers/findings/grouping/findings-of-run.ts';
import { noTolerance } from '../../../../helpers/findings/accepted/tolerance.ts';

/** Returns the findings of scenarios that saw one deviation each. */
const findingsOf = (...seen: readonly Partial<Deviation>[]) => {
  const scenarios = seen.map((changes, nth): EndedScenario => {
    const base = { kind: 'charged-twice', call: 'pay', circumstance: 'once', sentence: 'It is so.' } as const;
    const deviation: Deviation = { ...base, numbers: {}, details: [], ...changes };
    const place = { file: 'payments/a.spec.ts', title: `test ${nth}`, promise: 'one-charge-per-order' };
    const observed = { deviations: [deviation], exchanges: [], gate: [] };
    return { ...place, status: 'failed', error: 'failed', observed };
  });
  return findingsOfRun(scenarios, noTolerance).findings;
};

/** Returns the findings of scenarios that saw several deviations each. */
const findingsOfTests = (...tests: readonly (readonly Partial<Deviation>[])[]) => {
  const scenarios = tests.map((seen, nth): EndedScenario => {
    const deviations = seen.map((changes): Deviation => {
      const base = { kind: 'server-error', call: 'pay', circumstance: 'boundary', sentence: 'It is so.' } as const;
      return { ...base, numbers: {}, details: [], status: 500, ...changes };
    });
    const place = { file: 'contract/a.spec.ts', title: `test ${nth}`, promise: 'one-charge-per-order' };
    return { ...place, status: 'failed', error: 'failed', observed: { deviations, exchanges: [], gate: [] } };
  });
  return findingsOfRun(scenarios, noTolerance).findings;
};

const idsOf = (...seen: readonly Partial<Deviation>[]): string[] => findingsOf(...seen).map(({ id }) => id);

test.describe('forms of one defect', () => {
  test('debits and top-ups that overwrite each other in races are one defect, a top-up lost without a race is another', () => {
    const debit = { kind: 'paid-without-debit', circumstance: 'concurrent', check: 'money' } as const;
    const topUp = { kind: 'top-up-lost', call: 'chargeBalance', check: 'money' } as const;
    expect(
      idsOf(debit, { ...topUp, circumstance: 'in-flight-other-call' }, { ...topUp, circumstance: 'concurrent' }),
    ).toEqual(['paid-without-debit-pay-concurrent']);
    expect(idsOf(debit, { ...topUp, circumstance: 'once' })).toHaveLength(2);
  });

  test('stock leaked by a payment and by its cancellation is one defect', () => {
    const given = { kind: 'stock-leaked', call: 'cancelOrder' } as const;
    expect(idsOf({ kind: 'stock-leaked' }, given)).toEqual(['stock-leaked-pay-once']);
    expect(idsOf({ kind: 'stock-leaked', circumstance: 'concurrent' }, given)).toHaveLength(2);
  });

  test('replay refused alone and beside other requests is one defect', () => {
    const beside = { kind: 'replay-refused', circumstance: 'in-flight-other-key' } as const;
    expect(idsOf({ kind: 'replay-refused', circumstance: 'replay' }, beside)).toEqual(['replay-refused-pay-replay']);
    expect(idsOf(beside)).toEqual(['replay-refused-pay-in-flight-other-key']);
    const failed = { kind: 'server-error', status: 500 } as const;
    const failedBeside = { ...failed, circumstance: 'in-flight-other-key' } as const;
    expect(idsOf({ ...failed, circumstance: 'replay' }, failedBeside)).toEqual(['server-error-pay-replay-500']);
    expect(idsOf({ ...failed, circumstance: 'replay' }, { ...failedBeside, status: 503 })).toHaveLength(2);
  });

  test('server error beside requests under one key is the same after a lost answer, which may still be under way', () => {
    const failed = { kind: 'server-error', status: 500 } as const;
    const lost = { ...failed, circumstance: 'after-lost-answer' } as const;
    const beside = { ...failed, circumstance: 'in-flight-other-body' } as const;
    expect(idsOf(beside, lost)).toEqual(['server-error-pay-in-flight-other-body-500']);
    expect(idsOf(beside, { ...lost, status: 503 })).toHaveLength(2);
    expect(idsOf({ ...failed, circumstance: 'in-flight-other-key' }, lost)).toHaveLength(2);
  });

  test('retry refused during its first request like every replay is one defect with them', () => {
    const replays = { kind: 'replay-refused', circumstance: 'replay', status: 409, code: 'O003' } as const;
    const retry = { kind: 'valid-request-refused', circumstance: 'concurrent', status: 409, code: 'O003' } as const;
    const unsure = { ...retry, kind: 'wrong-cause' } as const;
    expect(idsOf(replays, retry, unsure)).toEqual(['replay-refused-pay-replay']);
    expect(idsOf(replays, { ...retry, code: 'PAY001' })).toHaveLength(2);
  });

  test('key taken for a used one of another spelling is one defect with the answer that belongs to the other', () => {
    const confused = { kind: 'keys-confused', call: 'chargeBalance' } as const;
    const mistaken = { kind: 'key-mistaken', circumstance: 'boundary' } as const;
    expect(idsOf(confused, mistaken)).toEqual(['keys-confused-chargebalance-once']);
    expect(idsOf(confused, { ...mistaken, circumstance: 'in-flight-other-key' })).toHaveLength(2);
  });

  test('replay that is executed again and its different answer are one defect', () => {
    const again = { kind: 'topped-up-twice', call: 'chargeBalance', circumstance: 'replay' } as const;
    expect(idsOf(again, { ...again, kind: 'replay-differs' })).toEqual(['topped-up-twice-chargebalance-replay']);
    expect(idsOf(again, { kind: 'replay-differs', circumstance: 'replay' })).toHaveLength(2);
  });

  test('outdated views and rows are one defect with the payment that is written only after its answer', () => {
    const unwritten = { kind: 'answered-but-not-written' } as const;
    const view = { kind: 'stale-view', call: 'getBalance' } as const;
    const rows = { kind: 'charged-twice', circumstance: 'replay', about: 'no-payment' } as const;
    expect(idsOf(unwritten, view, rows)).toEqual(['answered-but-not-written-pay-once']);
    expect(idsOf(unwritten, { ...rows, about: undefined })).toHaveLength(2);
    expect(idsOf(unwritten, { ...rows, check: 'several-payments' })).toHaveLength(2);
  });

  test('retry that may be refused, and is refused for a wrong cause, is one defect with other answers of that cause', () => {
    const wrong = { kind: 'wrong-cause', status: 409, code: 'PAY003' } as const;
    const promised = { reasons: ['order-state'], orSuccess: true };
    const retry = { ...wrong, kind: 'replay-refused', circumstance: 'replay', promised } as const;
    expect(idsOf(wrong, retry)).toEqual(['wrong-cause-pay-once-409-pay003']);
    expect(idsOf(wrong, { ...retry, promised: undefined })).toHaveLength(2);
    expect(idsOf(wrong, { ...retry, promised: { ...promised, orSuccess: false } })).toHaveLength(2);
    expect(idsOf(wrong, { ...retry, code: 'PAY001' })).toHaveLength(2);
  });

  test('messages in another language than was asked for are one defect, whichever call is refused', () => {
    const messages = ['pay', 'createOrder', 'getBalance'] as const;
    const seen = messages.map((call) => ({ kind: 'wrong-content', call, about: 'language' }) as const);
    expect(idsOf(...seen)).toHaveLength(1);
    expect(idsOf(...seen, { kind: 'wrong-content', call: 'getOrder' })).toHaveLength(2);
  });

  test('server error for an invalid input that a test sends to several calls is one defect', () => {
    const [order, payment] = [{ call: 'getOrder' }, { call: 'pay' }] as const;
    expect(findingsOfTests([order, payment], [order], [payment])).toHaveLength(1);
    expect(findingsOfTests([order], [payment])).toHaveLength(2);
    const unavailable = { ...payment, status: 503 };
    expect(findingsOfTests([order, unavailable], [order], [unavailable])).toHaveLength(2);
  });

  test('answer without form where the database ended a transaction follows from refusals that are told as successes', () => {
    const told = { kind: 'refusal-as-success' } as const;
    const ended = { kind: 'malformed-answer', call: 'cancelOrder', circumstance: 'interrupted' } as const;
    expect(idsOf(told, ended)).toEqual(['refusal-as-success-once']);
    expect(idsOf(told, { ...ended, circumstance: 'once' })).toHaveLength(2);
  });

  test('rows that a replay leaves wrong alone and beside other requests are one defect', () => {
    const leaked = { kind: 'stock-leaked', check: 'stock' } as const;
    const beside = { ...leaked, circumstance: 'in-flight-other-body' } as const;
    expect(idsOf({ ...leaked, circumstance: 'replay' }, beside)).toEqual(['stock-leaked-pay-replay']);
    expect(idsOf({ ...leaked, circumstance: 'replay' }, { ...beside, check: undefined })).toHaveLength(2);
    expect(idsOf({ ...leaked, circumstance: 'replay' }, { ...beside, call: 'createOrder' })).toHaveLength(2);
  });

  test('key taken for used after another request and during one is one defect', () => {
    const mistaken = { kind: 'key-mistaken', circumstance: 'key-reuse' } as const;
    expect(idsOf({ ...mistaken, circumstance: 'in-flight-other-body' }, mistaken)).toEqual(['key-mistaken-key-reuse']);
  });

  test('key bound to no request is a consequence of a key that is not remembered', () => {
    const unbound = { kind: 'key-not-bound-to-request', circumstance: 'key-reuse' } as const;
    const [finding, ...others] = findingsOf({ kind: 'replay-refused', circumstance: 'replay' }, unbound);
    expect(others).toEqual([]);
    expect(finding?.masks.at(-1)).toMatch(/^follows from it, once: /);
    expect(idsOf({ kind: 'replay-differs', circumstance: 'replay' }, unbound)).toHaveLength(2);
    expect(idsOf({ kind: 'replay-refused', circumstance: 'replay' }, { ...unbound, call: 'createOrder' })).toHaveLength(
      2,
    );
  });

  test('double effect is a consequence of an effect committed before its key, however many tests show it', () => {
    const late = { kind: 'written-but-not-answered', circumstance: 'once' } as const;
    const twice = { kind: 'charged-twice', circumstance: 'concurrent' } as const;
    expect(idsOf(twice, twice, late, { ...late, circumstance: 'interrupted' })).toEqual([
      'written-but-not-answered-pay-once',
    ]);
    expect(idsOf({ ...twice, circumstance: 'replay' }, late)).toHaveLength(2);
    expect(idsOf({ ...twice, call: 'createOrder' }, late)).toHaveLength(2);
    expect(idsOf(twice, { ...late, check: 'payment-not-answered' })).toHaveLength(2);
  });

  test('invalid request accepted under a used key is the same defect as one accepted under a new key', () => {
    const unbound = { kind: 'key-not-bound-to-request', circumstance: 'key-reuse' } as const;
    const accepted = { kind: 'bad-input-accepted', circumstance: 'boundary' } as const;
    const invalid = { ...unbound, promised: { reasons: ['invalid-input', 'key-reuse'], orSuccess: false } };
    expect(idsOf(accepted, invalid)).toEqual(['bad-input-accepted-pay-boundary']);
    expect(idsOf(accepted, unbound)).toHaveLength(2);
    expect(idsOf(accepted, { ...invalid, promised: { reasons: ['key-reuse'], orSuccess: false } })).toHaveLength(2);
    expect(idsOf(invalid)).toEqual(['key-not-bound-to-request-pay-key-reuse']);
  });

  test('wrong total of a large order is the same defect as wrong totals of ordinary ones', () => {
    const boundary = { call: 'createOrder', circumstance: 'boundary' } as const;
    const large = { ...boundary, kind: 'bad-input-accepted', about: 'total' } as const;
    const wrong = { kind: 'order-inconsistent', call: 'createOrder' } as const;
    expect(idsOf(wrong, large)).toEqual(['order-inconsistent-createorder-once']);
    expect(idsOf(wrong, { ...large, about: undefined })).toHaveLength(2);
  });

  test('breaches seen only at several instances are one defect, a breach seen at one as well is another', () => {
    const spread = { circumstance: 'several-instances' } as const;
    const overspent = { ...spread, kind: 'overspent' } as const;
    expect(idsOf(spread, spread, overspent)).toEqual(['charged-twice-pay-several-instances']);
    expect(idsOf(spread, { ...overspent, circumstance: 'concurrent' })).toHaveLength(2);
    expect(idsOf(spread, { ...spread, kind: 'stale-view', call: 'getBalance' })).toHaveLength(2);
  });

  test('keys left behind by refusals are one defect, whatever the later refusal says', () => {
    const burnt = { kind: 'key-burnt', circumstance: 'after-refusal' } as const;
    const cause = { kind: 'wrong-cause', circumstance: 'concurrent', status: 409 } as const;
    const inProgress = { ...cause, reason: 'in-progress' };
    expect(idsOf(burnt, { ...burnt, circumstance: 'interrupted' }, inProgress)).toEqual([
      'key-burnt-pay-after-refusal',
    ]);
    const used = { ...cause, kind: 'valid-request-refused', status: 422, reason: 'key-reuse' } as const;
    expect(idsOf(burnt, used)).toEqual(['key-burnt-pay-after-refusal']);
    expect(idsOf(burnt, cause)).toHaveLength(2);
    expect(idsOf(burnt, { ...cause, reason: 'order-state' })).toHaveLength(2);
    expect(idsOf(burnt, { ...inProgress, call: 'createOrder' })).toHaveLength(2);
  });

  test('outdated balances in the answers to a lost race are a consequence of it', () => {
    const lost = { kind: 'overspent', circumstance: 'concurrent' } as const;
    const ofRace = { call: 'chargeBalance', circumstance: 'concurrent' } as const;
    const old = { ...ofRace, kind: 'wrong-content', about: 'answered-balances' } as const;
    const elsewhere = { ...lost, circumstance: 'several-instances' } as const;
    expect(idsOf(lost, elsewhere, old)).toEqual(['overspent-pay-concurrent']);
    expect(idsOf({ ...lost, circumstance: 'once' }, old)).toHaveLength(2);
    expect(idsOf(lost, { ...old, about: undefined })).toHaveLength(2);
  });

  test('breach of keys in all 3 calls is one defect, in 2 calls it is two', () => {
    const ofCall = (call: string) => ({ kind: 'replay-refused', circumstance: 'replay', status: 422, call }) as const;
    const calls = ['createOrder', 'pay', 'chargeBalance'];
    expect(idsOf(ofCall('pay'), ...calls.map(ofCall))).toEqual(['replay-refused-pay-replay']);
    expect(idsOf(...calls.slice(1).map(ofCall))).toHaveLength(2);
    expect(idsOf(...calls.slice(1).map(ofCall), { ...ofCall('createOrder'), status: 409 })).toHaveLength(3);
  });

  test('refusals answered with a success status are one defect, whatever the calls', () => {
    const told = { kind: 'refusal-as-success', circumstance: 'once' } as const;
    expect(idsOf(told, { ...told, call: 'createOrder' }, { ...told, call: 'getOrder' })).toHaveLength(1);
  });
});
