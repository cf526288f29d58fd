import { expect, test } from '@playwright/test';
import type { Exchange } from '../../../../helpers/api/answers/exchange.ts';
import { circumstanceOf, widestCircumstance } from '../../../../helpers/findings/kinds/circumstance-of.ts';
import { charged, inProgress, lost, ordered, paid, unaffordable } from '../../support/examples/exchange-examples.ts';

/** An exchange, sent so many ms after the first one. */
const at = (sentAtMs: number, exchange: Exchange): Exchange => ({ ...exchange, sentAtMs });

const otherPath = (exchange: Exchange): Exchange => ({
  ...exchange,
  request: { ...exchange.request, path: '/api/orders/13/payment' },
});

test.describe('circumstance', () => {
  const first = at(0, paid());

  test('of a request with nothing before and beside it is "once"', () => {
    expect(circumstanceOf(first, [first])).toBe('once');
    const otherKey = at(100, paid({}, { key: 'key-2' }));
    expect(circumstanceOf(otherKey, [first, otherKey])).toBe('once');
  });

  test('of the same request after an answered one is a replay, after a lost one a retry', () => {
    const again = at(100, paid());
    expect(circumstanceOf(again, [first, again])).toBe('replay');
    expect(circumstanceOf(again, [at(0, lost('pay')), again])).toBe('after-lost-answer');
    expect(circumstanceOf(again, [at(0, unaffordable()), again])).toBe('after-refusal');
    expect(circumstanceOf(again, [at(0, inProgress()), again])).toBe('once');
  });

  test('of a request whose transaction was ended, and of its retry, is that', () => {
    const ended: Exchange = { ...first, outcome: 'unknown', isInterrupted: true };
    const again = at(100, paid());
    expect(circumstanceOf(ended, [ended, again])).toBe('interrupted');
    expect(circumstanceOf(again, [ended, again])).toBe('interrupted');
  });

  test('of several requests is that of what took effect before, whatever was refused', () => {
    const refused = at(0, unaffordable());
    const [then, again] = [at(100, paid()), at(200, paid())];
    expect(widestCircumstance([refused, then, again], [refused, then, again])).toBe('replay');
    expect(widestCircumstance([refused, then], [refused, then])).toBe('after-refusal');
  });

  test('of another request under a used key is a reused key', () => {
    const other = at(100, otherPath(paid()));
    expect(circumstanceOf(other, [first, other])).toBe('key-reuse');
  });

  test('of another request under a key of a refused one is after a refusal, which has used up no key', () => {
    const other = at(100, otherPath(paid()));
    expect(circumstanceOf(other, [at(0, unaffordable()), other])).toBe('after-refusal');
  });

  test('of the same JSON in another order of fields is that of the same request', () => {
    const { request } = paid();
    const body = JSON.stringify({ idempotencyKey: 'key-1', userId: 1 });
    const again = at(100, { ...paid(), request: { ...request, body } });
    expect(circumstanceOf(again, [first, again])).toBe('replay');
  });

  test('of requests that overlap in time depends on what they have in common', () => {
    const duplicate = at(1, paid());
    expect(circumstanceOf(duplicate, [first, duplicate])).toBe('concurrent');
    const sameKey = at(1, otherPath(paid()));
    expect(circumstanceOf(sameKey, [first, sameKey])).toBe('in-flight-other-body');
    const otherKey = at(1, paid({}, { key: 'key-2' }));
    expect(circumstanceOf(otherKey, [first, otherKey])).toBe('in-flight-other-key');
    const topUp = at(1, charged({}, { key: 'key-3' }));
    expect(circumstanceOf(topUp, [first, topUp])).toBe('in-flight-other-call');
    const third = at(2, paid({}, { key: 'key-4' }));
    expect(circumstanceOf(third, [first, otherKey, third])).toBe('concurrent');
  });

  test('of several requests is the least simple one', () => {
    const order = at(0, ordered({}, { key: 'key-9' }));
    const again = at(200, paid());
    const payment = at(100, paid());
    expect(widestCircumstance([order, payment, again], [order, payment, again])).toBe('replay');
    expect(widestCircumstance([order], [order, payment])).toBe('once');
  });
});
