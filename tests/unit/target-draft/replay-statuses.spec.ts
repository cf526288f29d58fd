import { expect, test } from '@playwright/test';
import { applyCorrection } from '../../../helpers/target-check/judge/apply-correction.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import { withReplayStatuses } from '../../../helpers/target-draft/replay-statuses.ts';

const created = applyCorrection(reference, { property: ['endpoints', 'chargeBalance', 'success'], value: 201 });
const ordersOk = applyCorrection(created, { property: ['endpoints', 'createOrder', 'success'], value: 200 });

test.describe('drafted statuses of replays', () => {
  test('are those of the calls, whatever was assumed of these before', () => {
    expect(withReplayStatuses(ordersOk).policies.replay).toMatchObject({
      ...{ paymentStatus: 200, orderStatus: 200, chargeStatus: 201 },
    });
  });

  test('stay where a replay was seen with another status', () => {
    const seen = { property: ['policies', 'replay', 'orderStatus'], value: 201, ground: 'seen' };
    expect(withReplayStatuses(ordersOk, [seen]).policies.replay.orderStatus).toBe(201);
  });

  test('stay those of the reference for a call that the target lacks', () => {
    const lacking = applyCorrection(created, {
      property: ['endpoints', 'chargeBalance'],
      value: { notOffered: 'no top-ups' },
    });
    expect(withReplayStatuses(lacking).policies.replay.chargeStatus).toBe(200);
  });
});
