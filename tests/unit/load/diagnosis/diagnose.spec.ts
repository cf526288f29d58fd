import { expect, test } from '@playwright/test';
import { diagnosed, diagnosisOf } from '../../support/examples/example-diagnosis.ts';
import {
  cleanLedger,
  counted,
  exampleBroken,
  exampleCause,
  exampleStart,
} from '../../support/examples/example-load-part.ts';

test.describe('load diagnosis', () => {
  test('run without refusals has no diagnosis', () => {
    expect(diagnosed([])).toEqual([]);
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
