import { expect, test } from '@playwright/test';
import type { Deviation } from '../../../../helpers/findings/deviations/deviation.ts';
import type { EndedScenario } from '../../../../helpers/findings/grouping/ended-scenario.ts';
import { noTolerance } from '../../../../helpers/findings/accepted/tolerance.ts';
import { findingsOfRun } from '../../../../helpers/findings/grouping/findings-of-run.ts';

const deviation = (kind: Deviation['kind'], changes: Partial<Deviation> = {}): Deviation => ({
  ...{ kind, call: 'pay', circumstance: 'once', sentence: `${kind}.`, numbers: {}, details: [] },
  ...changes,
});

const failed = (title: string, ...deviations: readonly Deviation[]): EndedScenario => ({
  ...{ file: 'payments/a.spec.ts', title, status: 'failed', error: 'failed', promise: 'one-charge-per-order' },
  observed: { deviations: [...deviations], exchanges: [], gate: [] },
});

const findingsIn = (...scenarios: readonly EndedScenario[]) => findingsOfRun(scenarios, noTolerance).findings;

test.describe('findings of a run', () => {
  test('same breach in several scenarios is one finding that names them all', () => {
    const [finding, ...others] = findingsIn(
      failed('one', deviation('charged-twice')),
      failed('two', deviation('charged-twice')),
    );
    expect(others).toEqual([]);
    expect(finding?.scenarios.map(({ title }) => title)).toEqual(['one', 'two']);
    expect(finding?.id).toBe('charged-twice-pay-once');
  });

  test('finding seen under an ordinary and an odd key is described by the ordinary one', () => {
    const odd = { sentence: 'Payment (under the key "  "): refused.', about: 'key-spelling' } as const;
    const [finding] = findingsIn(
      failed('odd', deviation('replay-refused', odd)),
      failed('plain', deviation('replay-refused', { sentence: 'Payment: refused.' })),
    );
    expect(finding).toMatchObject({ sentence: 'Payment: refused.', evidence: { scenario: { title: 'plain' } } });
  });

  test('evidence of a request that was to be refused says for what', () => {
    const promised = { reasons: ['balance', 'stock'], orSuccess: false };
    const [finding] = findingsIn(failed('one', deviation('overspent', { at: 2, promised })));
    expect(finding?.evidence).toMatchObject({ at: 2, promised });
    expect(findingsIn(failed('one', deviation('overspent')))[0]?.evidence).not.toHaveProperty('promised');
  });

  test('why it matters that an invalid request is accepted holds for balances and for what is only looked up', () => {
    for (const call of ['getBalance', 'chargeBalance', 'createOrder', 'pay']) {
      const [finding] = findingsIn(failed(call, deviation('bad-input-accepted', { call })));
      expect(finding?.why).toMatch(/ gets or sees what should not exist: an order, a payment, a balance\.$/);
    }
  });

  test('same defect at another time or under another key is no further form of it', () => {
    const seen = (at: string, amount: number): EndedScenario =>
      failed(at, deviation('server-error', { sentence: `Payment of ${amount}: seen 500 {"at":"${at}"}.` }));
    const [finding] = findingsIn(
      seen('2026-11-30T10:00:00.123Z', 0),
      seen('2026-11-30T10:00:01+09:00', 0),
      seen('0a1b2c3d-0000-4000-8000-00000000000f', 0),
      seen('2026-11-30T10:00:02.500Z', -1),
    );
    expect(finding?.details).toEqual(['Payment of -1: seen 500 {"at":"2026-11-30T10:00:02.500Z"}.']);
  });

  test('false duplicate is told where another request is in flight, and explains refusals of the same form', () => {
    const refusal = { status: 409, reason: 'in-progress' } as const;
    const [finding, ...others] = findingsIn(
      failed('after', deviation('taken-for-duplicate', { ...refusal, circumstance: 'after-refusal' })),
      failed('at once', deviation('taken-for-duplicate', { ...refusal, circumstance: 'concurrent' })),
      failed('beside', deviation('taken-for-duplicate', { ...refusal, circumstance: 'in-flight-other-key' })),
      failed('burst', deviation('replay-refused', { ...refusal, circumstance: 'concurrent' })),
    );
    expect(finding).toMatchObject({
      circumstance: 'in-flight-other-key',
      evidence: { scenario: { title: 'beside' } },
    });
    expect(finding?.scenarios).toHaveLength(4);
    expect(others).toEqual([]);
  });

  test('failed request breaks the promise of the scenario that shows it, whatever else is promised of failures', () => {
    const [finding] = findingsIn(
      {
        ...failed('waits', deviation('server-error', { circumstance: 'concurrent' })),
        promise: 'waiting-requests-answered',
      },
      { ...failed('pays', deviation('server-error')), promise: 'no-payment-beyond-balance' },
    );
    expect(finding).toMatchObject({
      promises: ['no-payment-beyond-balance'],
      evidence: { scenario: { title: 'pays' } },
    });
  });

  test('finding names the promises about its kind, and the family that most of them belong to', () => {
    const seen = (title: string, promise: string): EndedScenario => ({
      ...failed(title, deviation('oversold')),
      promise,
    });
    const tried = [seen('one', 'english-on-request'), seen('two', 'stock-never-oversold')];
    expect(findingsIn(...tried)[0]).toMatchObject({
      promises: ['stock-never-oversold'],
      evidence: { scenario: { title: 'two' } },
    });
    expect(findingsIn(seen('one', 'english-on-request'))[0]?.promises).toEqual(['english-on-request']);
    const failedInside = (title: string, promise: string): EndedScenario => ({
      ...failed(title, deviation('server-error')),
      promise,
    });
    const most = ['no-sale-beyond-stock', 'stock-never-oversold'].map((promise) => failedInside(promise, promise));
    expect(findingsIn(failedInside('one', 'english-on-request'), ...most)[0]?.family).toBe('stock');
  });

  test('breach seen once and on a replay is one defect, seen on a boundary value and in a race it is two', () => {
    expect(
      findingsIn(
        failed('one', deviation('charged-twice', { circumstance: 'replay' })),
        failed('two', deviation('charged-twice')),
      ).map(({ circumstance }) => circumstance),
    ).toEqual(['once']);
    expect(
      findingsIn(
        failed('one', deviation('charged-twice', { circumstance: 'boundary' })),
        failed('two', deviation('charged-twice', { circumstance: 'concurrent' })),
      ),
    ).toHaveLength(2);
  });

  test('breach in a race of a call with itself and with another call is one defect', () => {
    const seen = (circumstance: Deviation['circumstance']) =>
      failed(circumstance, deviation('oversold', { circumstance }));
    expect(
      findingsIn(seen('in-flight-other-call'), seen('concurrent')).map(({ circumstance }) => circumstance),
    ).toEqual(['concurrent']);
    expect(findingsIn(seen('in-flight-other-call'), seen('replay'))).toHaveLength(2);
  });

  test('keys mistaken for one another in several calls are one defect', () => {
    const seen = (call: string) => failed(call, deviation('key-mistaken', { call, status: 422 }));
    expect(findingsIn(seen('pay'), seen('createOrder')).map(({ id }) => id)).toEqual(['key-mistaken-once']);
    const refusal = (call: string) => failed(call, deviation('valid-request-refused', { call, status: 422 }));
    expect(findingsIn(refusal('pay'), refusal('createOrder'))).toHaveLength(2);
  });

  test('money lost after a single payment is the same defect when lost beside replays and top-ups', () => {
    const gone = (kind: Deviation['kind'], changes: Partial<Deviation> = {}) =>
      failed(kind, deviation(kind, { check: 'money', ...changes }));
    // A plain assertion on the balance tells no more than the tables.
    const beside = [
      gone('charged-twice', { circumstance: 'replay' }),
      gone('charged-twice', { circumstance: 'replay', check: undefined }),
      gone('top-up-lost', { call: 'chargeBalance' }),
    ];
    const idsOf = (...scenarios: EndedScenario[]): string[] => findingsIn(...scenarios).map(({ id }) => id);
    expect(idsOf(...beside, gone('debited-without-payment'))).toEqual(['debited-without-payment-pay-once']);
    expect(idsOf(...beside)).toHaveLength(2);
    expect(idsOf(...beside, gone('debited-without-payment', { circumstance: 'concurrent' }))).toHaveLength(3);
    const severalPayments = gone('charged-twice', { check: 'several-payments' });
    expect(idsOf(severalPayments, gone('debited-without-payment'))).toHaveLength(2);
    const answered = gone('charged-twice', { check: undefined, at: 3 });
    expect(idsOf(answered, gone('debited-without-payment'))).toHaveLength(2);
  });

  test('breach never seen without a worse one is a consequence of it', () => {
    const [finding, ...others] = findingsIn(
      failed('one', deviation('oversold'), deviation('wrong-content')),
      failed('two', deviation('oversold')),
    );
    expect(others).toEqual([]);
    expect(finding?.masks).toEqual(['follows from it, once: an answer says something that is not so']);
  });

  test('lost money comes before leaked stock, with both numbers, though stock leaks in more scenarios', () => {
    const stock = deviation('stock-leaked', { sentence: 'The stock is 9 (-1).', numbers: { expected: 10, seen: 9 } });
    const money = deviation('debited-without-payment', {
      ...{ circumstance: 'concurrent', check: 'money', sentence: 'The balance is 0 (-160000).' },
      numbers: { expected: 160_000, seen: 0 },
    });
    const found = findingsIn(failed('ten declines', stock, money), failed('one decline', stock));
    expect(found).toMatchObject([
      {
        ...{ severity: 'critical', kind: 'debited-without-payment', circumstance: 'concurrent' },
        sentence: 'The balance is 0 (-160000). The stock is 9 (-1).',
        evidence: { scenario: { title: 'ten declines' }, numbers: { expected: 160_000, seen: 0 } },
        masks: ['follows from it, 2 times: stock and the orders that took it do not add up'],
      },
    ]);
    expect(found[0]?.scenarios.map(({ title }) => title)).toEqual(['ten declines', 'one decline']);
    // Money that was seen without stock is a defect of its own, and stock that leaks elsewhere as well.
    const apart = findingsIn(failed('money', money), failed('stock', stock));
    expect(apart.map(({ sentence }) => sentence)).toEqual([money.sentence, stock.sentence]);
  });

  test('money that is gone in some scenarios and given back too much in others is two findings, each with its stock', () => {
    const concurrent = { circumstance: 'concurrent', check: 'money' } as const;
    const stock = deviation('stock-leaked', { circumstance: 'concurrent', sentence: 'The stock is 9.' });
    const gone = deviation('debited-without-payment', { ...concurrent, sentence: 'The balance is 0.' });
    const made = deviation('paid-without-debit', { ...concurrent, sentence: 'The balance is 100.' });
    const found = findingsIn(
      ...['ten duplicates', 'twenty duplicates'].map((title) => failed(title, stock, made)),
      failed('ten declines', stock, gone),
    );
    expect(found.map(({ severity, sentence, scenarios }) => [severity, sentence, scenarios.length])).toEqual([
      ['critical', 'The balance is 100. The stock is 9.', 2],
      ['critical', 'The balance is 0. The stock is 9.', 1],
    ]);
  });

  test('three defects at once are three findings, money first', () => {
    const status = { circumstance: 'replay', status: 500, code: 'COMMON001' } as const;
    const found = findingsIn(
      failed('status', deviation('wrong-status', { call: 'createOrder', status: 200 })),
      failed('replay', deviation('server-error', status)),
      failed('another replay', deviation('server-error', status)),
      failed('race', deviation('oversold', { circumstance: 'concurrent' })),
    );
    expect(found.map(({ kind, severity }) => [kind, severity])).toEqual([
      ['oversold', 'critical'],
      ['server-error', 'major'],
      ['wrong-status', 'minor'],
    ]);
    expect(found[1]?.masks[0]).toBe(
      '2 scenarios could not be judged because payment, sent again with the same key answers 500; ' +
        '1 promise about money or goods among them. Fix this first, and run again.',
    );
  });

  test('scenario that a server error cut short is not judged, and names the finding', () => {
    const { notJudged, passed } = findingsOfRun(
      [failed('hidden', deviation('server-error', { status: 500 })), { ...failed('fine'), status: 'passed' }],
      noTolerance,
    );
    expect(notJudged).toMatchObject([{ title: 'hidden', finding: 'server-error-pay-once-500' }]);
    expect(passed).toMatchObject([{ title: 'fine' }]);
  });

  test('two findings never share an id', () => {
    const ids = findingsIn(
      failed('one', deviation('wrong-content', { call: 'getOrder' })),
      failed('two', deviation('wrong-content', { call: 'getBalance' })),
      failed('three', deviation('wrong-cause', { status: 409, code: 'PAY-1' })),
      failed('four', deviation('wrong-cause', { status: 409, code: 'PAY_1' })),
    ).map(({ id }) => id);
    expect(new Set(ids).size).toBe(4);
  });
});
