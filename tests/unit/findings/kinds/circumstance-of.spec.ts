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

test.describe('circumstance of an exchange', () => {
  const first = at(0, paid());

  test('request with nothing before or beside it is "once"', () => {
    expect(circumstanceOf(first, [first])).toBe('once');
    const otherKey = at(100, paid({}, { key: 'key-2' }));
    expect(circumstanceOf(otherKey, [first, otherKey])).toBe('once');
  });

  test('request sent again is a replay after an answer, a retry after a lost answer', () => {
    const again = at(100, paid());
    expect(circumstanceOf(again, [first, again])).toBe('replay');
    expect(circumstanceOf(again, [at(0, lost('pay')), again])).toBe('after-lost-answer');
    expect(circumstanceOf(again, [at(0, unaffordable()), again])).toBe('after-refusal');
    expect(circumstanceOf(again, [at(0, inProgress()), again])).toBe('once');
  });

  test('request whose transaction was ended, and its retry, are "interrupted"', () => {
    const ended: Exchange = { ...first, outcome: 'unknown', isInterrupted: true };
    const again = at(100, paid());
    expect(circumstanceOf(ended, [ended, again])).toBe('interrupted');
    expect(circumstanceOf(again, [ended, again])).toBe('interrupted');
  });

  test('payment repeated after a refusal and a success is a replay, after a refusal alone "after-refusal"', () => {
    const refused = at(0, unaffordable());
    const [then, again] = [at(100, paid()), at(200, paid())];
    expect(widestCircumstance([refused, then, again], [refused, then, again])).toBe('replay');
    expect(widestCircumstance([refused, then], [refused, then])).toBe('after-refusal');
  });

  test('other request under a used key is "key-reuse"', () => {
    const other = at(100, otherPath(paid()));
    expect(circumstanceOf(other, [first, other])).toBe('key-reuse');
  });

  test('other request under the key of a refused one is "after-refusal"', () => {
    const other = at(100, otherPath(paid()));
    expect(circumstanceOf(other, [at(0, unaffordable()), other])).toBe('after-refusal');
  });

  test('request with reordered JSON is a replay', () => {
    const { request } = paid();
    const body = JSON.stringify({ idempotencyKey: 'key-1', userId: 1 });
    const again = at(100, { ...paid(), request: { ...request, body } });
    expect(circumstanceOf(again, [first, again])).toBe('replay');
  });

  test('requests that overlap in time are told apart by key, body and call', () => {
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

  test('several requests have the least simple circumstance among them', () => {
    const order = at(0, ordered({}, { key: 'key-9' }));
    const again = at(200, paid());
    const payment = at(100, paid());
    expect(widestCircumstance([order, payment, again], [order, payment, again])).toBe('replay');
    expect(widestCircumstance([order], [order, payment])).toBe('once');
  });
});
