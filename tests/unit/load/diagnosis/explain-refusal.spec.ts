import { expect, test } from '@playwright/test';
import { bothLow, diagnosisOf, noneLow, poor, rich, soldOut } from '../../support/examples/example-diagnosis.ts';

test.describe('diagnosis of refusals for other reasons', () => {
  test('refusal that the tables contradict points to 2 different systems', () => {
    const balance = diagnosisOf({ then: rich });
    expect(balance).toMatchObject({ cause: 'not-the-same-system' });
    expect(balance.sentence).toContain('the balance is said to be too low, but the tables say that it sufficed');
    const stock = diagnosisOf({ reason: 'stock', then: rich });
    expect(stock).toMatchObject({ cause: 'not-the-same-system' });
    expect(stock.sentence).toContain('the stock is said to be too low');
    expect(diagnosisOf({ reason: 'stock', then: { balance: 1, stock: 1 } }).cause).toBe('not-the-same-system');
    expect(diagnosisOf({ then: { balance: 50_000 } }).cause).toBe('not-the-same-system');
    expect(diagnosisOf({ then: { balance: 49_999 } }).cause).toBe('balance');
  });

  test('user, product or order unknown to the API is looked up in the tables', () => {
    const known = diagnosisOf({ reason: 'unknown-user', then: rich });
    expect([known.cause, known.evidence.at(-1)]).toEqual(['not-the-same-system', 'the database has it']);
    const absent = diagnosisOf({ reason: 'unknown-user', then: { stock: 40 } });
    expect([absent.cause, absent.evidence.at(-1)]).toEqual(['unknown-user', 'the database does not have it either']);
    expect(absent.remedy).toContain('Set USER_IDS');
    const product = diagnosisOf({ reason: 'unknown-product', then: { balance: 5 } });
    expect([product.cause, product.evidence.at(-1)]).toEqual([
      'unknown-product',
      'the database does not have it either',
    ]);
    expect(diagnosisOf({ reason: 'unknown-user' }).evidence).toHaveLength(1);
    const order = diagnosisOf({ reason: 'unknown-order', then: rich });
    expect(order.cause).toBe('not-the-same-system');
    expect(order.sentence).toContain('does not know the order');
  });

  test('each other refusal reason gets a sentence of its own', () => {
    const told = [
      { reason: 'in-progress' },
      { reason: 'order-state' },
      { reason: 'key-reuse', status: 422 },
      { reason: 'foreign-order', status: 403 },
      { reason: 'unauthenticated', status: 401 },
      { reason: 'rate-limit', status: 429 },
      { reason: 'bad-request', status: 400 },
      { reason: 'invalid-input', status: 400 },
      { reason: 'server-error', status: 503 },
      { reason: 'time-out' },
    ].map((cause) => {
      const { cause: name, sentence } = diagnosisOf(cause);
      return [name, /\(10 %\) (.+), the first/.exec(sentence)?.[1]];
    });
    expect(told).toEqual([
      ['in-progress', 'were refused because a payment with the same key was being processed'],
      ['order-state', 'were refused because of the state of the order'],
      ['key-reuse', 'were refused because the idempotency key is said to belong to another request'],
      ['wrong-user', 'were refused because the order is said to belong to another user'],
      ['authentication', 'were refused for lack of authentication'],
      ['rate-limit', 'were refused because there were too many (429)'],
      ['bad-request', 'were refused as wrong (400 bad-request)'],
      ['bad-request', 'were refused as wrong (400 invalid-input)'],
      ['server-error', 'failed inside the API (503)'],
      ['time-out', 'had no answer in time (REQUEST_TIMEOUT_MS)'],
    ]);
  });

  test('conflict without a known cause shows its body and what the tables rule out', () => {
    const cause = { reason: 'unknown', code: 'E77', sample: '{"code":"E77","message":"nope"}' };
    const sufficed = diagnosisOf({ ...cause, then: rich });
    expect(sufficed.cause).toBe('unknown');
    expect(sufficed.sentence).toBe(
      '30 of 300 payment requests (10 %) were refused with 409 and named no cause that is known, the first after 4.2 s: ' +
        'it says {"code":"E77","message":"nope"}; balance and stock sufficed for the first one that was refused, so it was neither of them.',
    );
    expect(sufficed.evidence).toContain('409 E77: {"code":"E77","message":"nope"}');
    expect(sufficed.evidence.at(-1)).toBe('request: POST /api/orders/12/payment {"userId":1}');
    expect(diagnosisOf({ ...cause, then: poor }).sentence).toContain('the balance was too low, but the answer');
    expect(diagnosisOf({ ...cause, then: soldOut }).sentence).toContain('the stock was too low, but');
    expect(diagnosisOf(cause).sentence).not.toMatch(/suffice|too low/);
  });

  test('conflict without a known cause rules out balance and stock that suffice for all, else says for how many', () => {
    const cause = { reason: 'unknown', code: 'E77', sample: '{"code":"E77"}' };
    const all = diagnosisOf({ ...cause, then: rich }, { depletion: { before: noneLow, after: noneLow } });
    expect(all.sentence).toContain(
      ': it says {"code":"E77"}; balance and stock suffice for all concerned in the tables, so it is neither of them.',
    );
    const some = diagnosisOf({ ...cause, then: rich }, { depletion: { before: noneLow, after: bothLow } });
    expect(some.sentence).toContain(
      '7 of 10 accounts are too low and 3 of 4 products are sold out in the tables now, which it does not say; ' +
        'balance and stock sufficed for the first one that was refused',
    );
    expect(diagnosisOf({ ...cause, sample: '' }).sentence).toMatch(/: it says nothing\.$/);
  });
});
