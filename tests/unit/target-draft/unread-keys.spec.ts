import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { nowhereRead } from '../../../helpers/target-check/steps/key-unseen.ts';
import { firstChoice } from '../../../helpers/target-draft/evidence.ts';
import { unreadKeys } from '../../../helpers/target-draft/unread-keys.ts';
import { evidenceOfPaths } from '../support/examples/evidence-of-paths.ts';
import { reportOfStep } from '../support/outputs/report-of-step.ts';

const topUp = (parameters: readonly unknown[]) =>
  evidenceOfPaths({
    '/users/{userId}/balance/charge': {
      post: {
        parameters,
        requestBody: { content: { 'application/json': { schema: { properties: { amount: { type: 'integer' } } } } } },
      },
    },
  });

const stepsWith = (problem: string) =>
  reportOfStep({
    ...{ title: 'top up again', outcome: 'misfit' },
    misfits: [{ property: 'endpoints.chargeBalance.key', problem, suggestion: '' }],
  }).steps;

const key = { in: 'header', name: 'Idempotency-Key', schema: { type: 'string' } };

test.describe('unread keys', () => {
  test('key that is undocumented and has no effect anywhere is dropped', () => {
    expect(unreadKeys(topUp([]), firstChoice, stepsWith(`made a second time${nowhereRead}`))).toMatchObject([
      { property: ['endpoints', 'chargeBalance', 'key'], value: undefined },
    ]);
  });

  test('documented key is kept even if it has no effect', () => {
    expect(unreadKeys(topUp([key]), firstChoice, stepsWith(`made a second time${nowhereRead}`))).toEqual([]);
  });

  test('key is kept if the search for its place failed, or without a document', () => {
    expect(unreadKeys(topUp([]), firstChoice, stepsWith('made a second time'))).toEqual([]);
    const asked = { ...topUp([]), isDocumented: false };
    expect(unreadKeys(asked, firstChoice, stepsWith(`made a second time${nowhereRead}`))).toEqual([]);
  });
});
