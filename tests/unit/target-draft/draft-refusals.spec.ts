import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { draftRefusals } from '../../../helpers/target-draft/draft-refusals.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { NamedReason } from '../../../helpers/profile/refusal-forms.ts';
import type { Answered } from '../../../helpers/target-check/steps/facts.ts';

const refused = (
  reason: NamedReason,
  status: number,
  message: string,
): { reason: NamedReason; exchange: Answered } => ({
  reason,
  exchange: {
    ...{ name: 'pay', outcome: 'refused', sentAtMs: 0, durationMs: 0 },
    request: { method: 'POST', path: '/', headers: {} },
    response: { status, headers: {}, body: JSON.stringify({ message }) },
  },
});

const withoutCodes = { ...reference, errors: { message: 'message' } };

test.describe('refusals of a drafted profile', () => {
  test('in-progress refusal with an unknown message gets a phrase, even if its status is unique', () => {
    const refusals = draftRefusals(withoutCodes, [
      refused('in-progress', 409, 'Hold on, 3 seconds'),
      refused('balance', 400, 'NOT_ENOUTH_BALANCE'),
      refused('unknown-order', 404, 'ORDER_NOT_FOUND'),
    ]);
    expect(refusals['in-progress']).toEqual({ status: 409, codes: [], says: ['Hold on'] });
    expect(refusals.balance).toEqual({ status: 400, codes: [], says: ['NOT_ENOUTH_BALANCE'] });
    expect(refusals['unknown-order']).toEqual({ status: 404, codes: [] });
  });

  test('phrase of an earlier attempt is kept if the refusal does not occur again', () => {
    const known = { ...reference.refusals, 'in-progress': { status: 409, codes: [], says: ['Hold on'] } };
    const refusals = draftRefusals({ ...withoutCodes, refusals: known }, [refused('unknown-order', 404, 'no order')]);
    expect(refusals['in-progress']).toEqual({ status: 409, codes: [], says: ['Hold on'] });
  });

  test('phrase that two causes share is not used', () => {
    const refusals = draftRefusals(withoutCodes, [
      refused('order-state', 409, 'Refused by the rules'),
      refused('balance', 409, 'Refused by the rules'),
    ]);
    expect(refusals['order-state']).toEqual({ status: 409, codes: [] });
  });
});
