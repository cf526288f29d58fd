import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { firstChoice, type Choice, type Evidence } from '../../../helpers/target-draft/evidence.ts';
import { nextChoice } from '../../../helpers/target-draft/next-choice.ts';
import { evidenceOfPaths } from '../support/examples/evidence-of-paths.ts';
import { reportOfStep } from '../support/outputs/report-of-step.ts';

const order = {
  post: {
    requestBody: {
      content: {
        'application/json': {
          schema: { properties: { productId: { type: 'integer' }, quantity: { type: 'integer' } } },
        },
      },
    },
  },
};

const report = reportOfStep({ title: 'create an order', outcome: 'misfit' });

/** Returns all choices that are made while no order succeeds. */
function choices(evidence: Evidence): Choice[] {
  const made: Choice[] = [];
  for (let last: Choice | undefined = firstChoice; last;) {
    const next = nextChoice(evidence, last, { report, shown: { successes: [], refusals: [] } });
    last = next?.choice;
    if (last) made.push(last);
    expect(made.length).toBeLessThan(9);
  }
  return made;
}

test.describe('next choice', () => {
  test('refused body with all fields is followed by one with the required fields', () => {
    expect(choices(evidenceOfPaths({ '/orders': order }))).toEqual([
      { ...firstChoice, fullBodies: { createOrder: 'tried' } },
      { ...firstChoice, fullBodies: { createOrder: 'in-vain' } },
    ]);
  });

  test('refused order lines are tried with a plain id field at last', () => {
    const line = { properties: { productId: { type: 'integer' }, quantity: { type: 'integer' } } };
    const schema = { properties: { items: { type: 'array', items: line } } };
    const withLines = { post: { requestBody: { content: { 'application/json': { schema } } } } };
    const inVain = { ...firstChoice, fullBodies: { createOrder: 'in-vain' } };
    expect(choices(evidenceOfPaths({ '/orders': withLines }))).toEqual([
      { ...firstChoice, fullBodies: { createOrder: 'tried' } },
      inVain,
      { ...inVain, plainLineIds: 'tried' },
      { ...inVain, plainLineIds: 'in-vain' },
    ]);
  });

  test('each candidate is tried with both bodies', () => {
    const evidence = evidenceOfPaths({ '/orders': order, '/v2/orders': order });
    expect(choices(evidence)).toEqual([
      { ...firstChoice, fullBodies: { createOrder: 'tried' } },
      { ...firstChoice, operations: { createOrder: 1 } },
      { ...firstChoice, operations: { createOrder: 1 }, fullBodies: { createOrder: 'tried' } },
      { ...firstChoice, operations: { createOrder: 1 }, fullBodies: { createOrder: 'in-vain' } },
    ]);
  });
});
