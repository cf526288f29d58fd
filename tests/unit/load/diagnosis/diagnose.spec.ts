import { expect, test } from '@playwright/test';
import { diagnose } from '../../../../helpers/load/diagnosis/diagnose.ts';
import type { Cause, LoadPart } from '../../../../helpers/load/measure/load-part.ts';
import type { Diagnosis } from '../../../../helpers/load/measure/load-summary.ts';
import { noLedger, withoutDatabase } from '../../../../helpers/load/audit/load-ledger.ts';
import { mergeParts } from '../../../../helpers/load/measure/merged-run.ts';
import {
  cleanLedger,
  counted,
  exampleBroken,
  exampleBudget,
  exampleCause,
  examplePart,
  exampleStart,
} from '../../support/examples/example-load-part.ts';

const counters = counted({
  http_reqs: 400,
  orders_created: 100,
  idempotency_verification_failure: 2,
  unknown_resolved: 3,
  unknown_left: 1,
});

const diagnosed = (causes: Cause[], changes: Partial<LoadPart> = {}): Diagnosis[] =>
  diagnose(mergeParts([examplePart({ counters, causes, budget: exampleBudget, ...changes })]), []);

/** Returns the only diagnosis of a cause. */
const diagnosisOf = (cause: Partial<Cause>, changes: Partial<LoadPart> = {}): Diagnosis => {
  const [first, ...others] = diagnosed([exampleCause(cause)], changes);
  expect(others).toEqual([]);
  return first ?? { cause: '', sentence: '', evidence: [], remedy: '' };
};

const poor = { balance: 400, stock: 40 };
const rich = { balance: 9_000_000, stock: 40 };
const soldOut = { balance: 9_000_000, stock: 0 };

const low = { accountsShort: 7, balanceLowest: 400, productsSoldOut: 0, stockLowest: 40 };
const bothLow = { ...low, productsSoldOut: 3, stockLowest: 0 };
const before = { accountsShort: 0, balanceLowest: 1_000_000, productsSoldOut: 0, stockLowest: 100 };

test.describe('load diagnosis', () => {
  test('run without refusals has no diagnosis', () => {
    expect(diagnosed([])).toEqual([]);
  });

  test('budget too small from the start is named with the refusal, and the SQL cures balance and stock', () => {
    const budget = { ...exampleBudget, lowestBalance: 100, lowestStock: 20, suffices: false };
    const { sentence, remedy } = diagnosisOf({ then: poor }, { budget, depletion: { before: low, after: low } });
    expect(sentence).toContain(
      'every account needs 1,000,000 won (7 of 10 are too low) and every product needs 53 in stock (0 of 4 are sold out)',
    );
    expect(remedy).toContain('UPDATE balances; UPDATE products;');
    const stock = diagnosisOf({ stage: 'order', reason: 'stock', then: soldOut }, { budget });
    expect(stock.remedy).toContain('UPDATE balances; UPDATE products;');
  });

  test('balance refusal is shown with stage, count, share, first time, body, tables, need and SQL', () => {
    const diagnosis = diagnosisOf({ before: { balance: 500_000 }, then: poor }, { depletion: { before, after: low } });
    expect(diagnosis.cause).toBe('balance');
    expect(diagnosis.sentence).toBe(
      '30 of 300 payment requests (10 %) were refused because the balance is too low, the first after 4.2 s: ' +
        'every account needs 1,000,000 won (7 of 10 are too low); set SEED=on, or run the SQL below.',
    );
    expect(diagnosis.evidence).toEqual([
      '409 PAY001: {"code":"PAY001","message":"Insufficient balance"}',
      'user 1 held 400 won in the tables when 50,000 won were refused (500,000 won before the run)',
      'product 3 had 40 in stock',
      '7 of 10 accounts hold less than 50,000 won now (lowest 400 won); before the run 0 did (lowest 1,000,000 won)',
      'iterations',
      'balance arithmetic',
      'stock arithmetic',
    ]);
    expect(diagnosis.remedy).toContain('run: UPDATE balances;');
    expect(diagnosis.remedy).not.toContain('UPDATE products;');
  });

  test('refusal without a database is explained by what the API shows, without SQL', () => {
    const ledger = { ...noLedger, notAudited: withoutDatabase, accounts: 10, products: 4 };
    const cure = { balance: 'top up users', stock: 'set PRODUCT_IDS' };
    const balance = diagnosisOf({ then: poor }, { ledger, cure });
    expect(balance.sentence).toContain('every account needs 1,000,000 won; see below how, or make the run smaller.');
    expect(balance.evidence).toContain('user 1 held 400 won as the API shows it when 50,000 won were refused');
    expect(balance.remedy).toContain('Without a database: top up users; or make the run smaller');
    const contradiction = diagnosisOf({ then: rich }, { ledger, cure });
    expect(contradiction.sentence).toContain('but the API shows that it sufficed');
    expect(contradiction.remedy).not.toContain('DB_*');
    const error = diagnosisOf({ reason: 'server-error', status: 500 }, { ledger, cure });
    expect(error.evidence.join('\n')).not.toContain('database');
  });

  test('balance and stock both too low are diagnosed and cured together', () => {
    const changes = { depletion: { before, after: bothLow } };
    const balance = diagnosisOf({ then: poor }, changes);
    expect(balance.sentence).toContain(
      'every product needs 53 in stock (3 of 4 are sold out) and every account needs 1,000,000 won (7 of 10 are too low)',
    );
    expect(balance.remedy).toContain('UPDATE balances; UPDATE products;');
    const stock = diagnosisOf({ stage: 'order', reason: 'stock', code: 'P002', then: soldOut }, changes);
    expect(stock.cause).toBe('stock');
    expect(stock.evidence.join('\n')).toMatch(
      /the balance is short too, but has refused nothing yet: 7 of 10 accounts/,
    );
    expect(stock.remedy).toContain('UPDATE balances; UPDATE products;');
  });

  test('stock refusal of a seeded run names the stock alone and advises a larger SAFETY_MARGIN', () => {
    const stock = diagnosisOf(
      { stage: 'order', reason: 'stock', code: 'P002', then: soldOut },
      {
        depletion: { before, after: { ...before, productsSoldOut: 4, stockLowest: 0 } },
        budget: { ...exampleBudget, seeded: true },
      },
    );
    expect(stock.sentence).toBe(
      '30 of 130 order requests (23 %) were refused because the stock is too low, the first after 4.2 s: ' +
        'every product needs 53 in stock (4 of 4 are sold out); raise SAFETY_MARGIN.',
    );
    expect(stock.evidence).toContain(
      '4 of 4 products are sold out now (lowest stock 0); before the run 0 were (lowest stock 100)',
    );
    expect(stock.remedy).toContain('raise SAFETY_MARGIN');
    expect(stock.remedy).not.toContain('UPDATE');
  });

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
    const all = diagnosisOf({ ...cause, then: rich }, { depletion: { before, after: before } });
    expect(all.sentence).toContain(
      ': it says {"code":"E77"}; balance and stock suffice for all concerned in the tables, so it is neither of them.',
    );
    const some = diagnosisOf({ ...cause, then: rich }, { depletion: { before, after: bothLow } });
    expect(some.sentence).toContain(
      '7 of 10 accounts are too low and 3 of 4 products are sold out in the tables now, which it does not say; ' +
        'balance and stock sufficed for the first one that was refused',
    );
    expect(diagnosisOf({ ...cause, sample: '' }).sentence).toMatch(/: it says nothing\.$/);
  });

  test('1 short account of 100 is named after 10 sold-out products, each with its share', () => {
    const after = { ...before, accountsShort: 1, balanceLowest: 400, productsSoldOut: 10, stockLowest: 0 };
    const stock = diagnosisOf(
      { stage: 'order', reason: 'stock', code: 'P002', then: soldOut },
      { depletion: { before, after }, ledger: { ...cleanLedger, accounts: 100, products: 10 } },
    );
    expect(stock.sentence).toContain(
      'every product needs 53 in stock (10 of 10 are sold out) and every account needs 1,000,000 won (1 of 100 are too low)',
    );
  });

  test('oversized answer and exception of the suite have causes of their own', () => {
    expect(
      diagnosisOf({ reason: 'answer-too-large', sample: 'the answer is longer than 1000000 bytes' }),
    ).toMatchObject({
      cause: 'answer-too-large',
      sentence: expect.stringContaining('had an answer that is too large to be read'),
    });
    const exceptions = { count: 2, sample: 'TypeError: x is no function\n    at iteration.ts:7' };
    expect(diagnosed([exampleCause()], { exceptions })[0]).toMatchObject({
      cause: 'exception',
      sentence: expect.stringMatching(/^2 iterations ended with an exception .*: TypeError: x is no function\.$/),
      evidence: [exceptions.sample],
    });
  });

  test('broken promises come first, then causes by count, and codes of one cause are merged', () => {
    const diagnoses = diagnosed(
      [
        exampleCause({ reason: 'in-progress', code: 'PAY003', count: 20 }),
        exampleCause({ reason: 'server-error', status: 500, code: 'A', count: 15, firstMs: exampleStart + 1000 }),
        exampleCause({ reason: 'server-error', status: 503, code: 'B', count: 16, firstMs: exampleStart + 500 }),
        exampleCause({ stage: 'order', reason: 'server-error', status: 500, code: 'A', count: 5 }),
      ],
      {
        broken: [exampleBroken({ promise: 'a repeated payment …', count: 2, sample: 'POST /pay' })],
        ledger: { ...cleanLedger, problems: ['money of user 1 is not conserved', 'money of user 23 is not conserved'] },
      },
    );
    expect(diagnoses.map(({ cause }) => cause)).toEqual([
      'broken-promise',
      'server-error',
      'in-progress',
      'server-error',
    ]);
    expect(diagnoses[0]).toMatchObject({
      sentence:
        'The target broke its promises: 2 deviations in the tables, 2 payments answered otherwise than promised.',
      evidence: [
        'money of user 1 is not conserved (and 1 more like this one)',
        '2 times, the first: a repeated payment …\nPOST /pay',
      ],
    });
    expect(diagnoses[1]?.sentence).toMatch(
      /^31 of 295 payment requests \(11 %\) failed inside the API \(503\), the first after 0\.5 s/,
    );
    expect(diagnoses[1]?.evidence.slice(0, 2)).toEqual([
      expect.stringMatching(/^503 B: /),
      expect.stringMatching(/^500 A: /),
    ]);
    expect(diagnoses[3]?.sentence).toContain('5 of 105 order requests (4.8 %)');
  });

  test('wrong order is a broken promise and counts as an order request', () => {
    const wrong = { orders_tried: 110, orders_created: 100, orders_wrong: 1, iterations_failed: 10 };
    const [promise, refused] = diagnosed([exampleCause({ stage: 'order', reason: 'unknown', count: 9 })], {
      counters: counted({ ...wrong, http_reqs: 110 }),
      broken: [exampleBroken({ promise: 'an order of 10000 won …' })],
    });
    expect(promise?.sentence).toBe(
      'The target broke its promises: 1 order answered in another form or sum than promised.',
    );
    expect(refused?.sentence).toMatch(/^9 of 110 order requests /);
  });
});
