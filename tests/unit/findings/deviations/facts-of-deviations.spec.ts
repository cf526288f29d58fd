import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { failedMatcherIn } from '../../../../helpers/findings/deviations/failed-matchers.ts';
import { observedOf } from '../../../../helpers/findings/deviations/observed-of.ts';
import { setCurrentTarget } from '../../../../helpers/profile/current-target.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { keepSecret } from '../../../../helpers/text/secrets.ts';
import {
  failureOf,
  inProgress,
  ordered,
  paid,
  refused,
  unaffordable,
} from '../../support/examples/exchange-examples.ts';
import { judged, promised, seenIn, sentAfter } from '../../support/examples/test-evidence.ts';

test.describe('facts of a deviation beside its sentence', () => {
  test.beforeEach(() => {
    setCurrentTarget(reference);
  });

  test('refusal has its reason, and the reasons that were promised', () => {
    const [seen] = seenIn(judged(unaffordable(), { of: 'refusal', reasons: ['order-state', 'key-reuse'] }));
    expect(seen).toMatchObject({
      ...{ kind: 'wrong-cause', reason: 'balance' },
      promised: { reasons: ['order-state', 'key-reuse'], orSuccess: false },
    });
    const [accepted] = seenIn(judged(paid(), { of: 'refusal', reasons: ['invalid-input'] }));
    expect(accepted).toMatchObject({ promised: { reasons: ['invalid-input'], orSuccess: false } });
    expect(accepted).not.toHaveProperty('reason');
    const [valid] = seenIn(judged(inProgress(), { of: 'success' }));
    expect(valid).toMatchObject({ kind: 'taken-for-duplicate', reason: 'in-progress' });
    expect(valid).not.toHaveProperty('promised');
  });

  test('retry that might have been a replay as well says so', () => {
    const [first, again] = [paid(), sentAfter(100, inProgress())];
    const errors = [
      failureOf(() => {
        expect(again).toReplayOrBeRefusedFor(first, 'order-state');
      }),
    ];
    expect(seenIn({ exchanges: [first, again], errors, failedMatcher: failedMatcherIn })).toMatchObject([
      { kind: 'replay-refused', reason: 'in-progress', promised: { reasons: ['order-state'], orSuccess: true } },
    ]);
  });

  test('wrong answer has what is wrong with it, beyond its cause', () => {
    const problems = ['it says 40000 won were paid', 'its status is DONE instead of SUCCESS'];
    expect(seenIn(judged(paid(), { of: 'success' }, problems))).toMatchObject([
      { problem: 'it says 40000 won were paid; its status is DONE instead of SUCCESS' },
    ]);
    const [named] = seenIn(
      judged(unaffordable(), { of: 'refusal', reasons: ['order-state'] }, ['its cause is balance']),
    );
    expect(named).not.toHaveProperty('problem');
  });

  test('several answers that were judged together have what was promised of none of them', () => {
    const all = [paid(), sentAfter(1, refused('pay', 409, { code: 'O003' })), sentAfter(2, unaffordable())];
    const errors = [
      failureOf(() => {
        expect(all).toHaveOutcomes({ ok: 1, balance: 2 });
      }),
    ];
    const [seen] = seenIn({ exchanges: all, errors, failedMatcher: failedMatcherIn });
    expect(seen).toMatchObject({ kind: 'wrong-cause', reason: 'order-state', numbers: { expected: 1, seen: 1 } });
    expect([seen?.promised, seen?.problem, seen?.about]).toEqual([undefined, undefined, undefined]);
  });

  test('answer under an oddly spelled key is about that spelling, and one without a key is not', () => {
    const promise = promised('keys-compared-exactly');
    const about = (exchange: Exchange) =>
      seenIn({ ...judged(exchange, { of: 'refusal', reasons: ['balance'] }), promise })[0]?.about;
    const { idempotencyKey, ...keyless } = paid();
    expect([idempotencyKey, about(paid()), about(keyless)]).toEqual(['key-1', 'key-spelling', undefined]);
    expect(seenIn(judged(paid(), { of: 'refusal', reasons: ['balance'] }))[0]).not.toHaveProperty('about');
  });

  test('plain assertion has the cause that it found, or else that of the last answer, and what it is about', () => {
    const promise = promised('refusals-leave-api-usable');
    const cause = 'Expected pattern: /^(declined|order-state)$/\nReceived string: "key-reuse"';
    const exchanges = [paid(), sentAfter(100, inProgress())];
    expect(seenIn({ promise, exchanges, errors: [cause] })[0]).toMatchObject({ reason: 'key-reuse' });
    expect(seenIn({ promise, exchanges, errors: ['it is not usable'] })[0]).toMatchObject({ reason: 'in-progress' });
    const total = 'Error: the total of the order\n\nExpected: "1"\nReceived: "2"';
    const [seen] = seenIn({ promise, exchanges: [ordered()], errors: [total] });
    expect(seen).toMatchObject({ about: 'total' });
    expect(seen).not.toHaveProperty('reason');
  });

  test('secrets stand in no problem', () => {
    keepSecret(['s3cr3t-of-the-test']);
    const [deviation] = seenIn(judged(paid(), { of: 'success' }, ['its status is s3cr3t-of-the-test']));
    const { deviations } = observedOf({
      ...{ profile: reference, deviations: deviation ? [deviation] : [], exchanges: [paid()], gate: [] },
      rows: undefined,
    });
    expect(deviations[0]?.problem).toMatch(/^its status is /);
    expect(JSON.stringify(deviations)).not.toContain('s3cr3t-of-the-test');
  });
});
