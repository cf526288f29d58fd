import { expect, test } from '@playwright/test';
import { isReplayedCharge } from '../../../../helpers/api/answers/replay-header.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { charged } from '../../support/examples/exchange-examples.ts';

test.describe('replayed top-up', () => {
  const { chargeBalance } = reference.endpoints;

  test('top-up with the replay header and its value is a replay', () => {
    expect(isReplayedCharge(charged(), reference)).toBe(false);
    expect(isReplayedCharge(charged({}, { headers: { 'idempotent-replayed': 'true' } }), reference)).toBe(true);
    expect(isReplayedCharge(charged({}, { headers: { 'idempotent-replayed': 'false' } }), reference)).toBe(false);
  });

  test('top-up with a status that only replays have is a replay', () => {
    const endpoints = { ...reference.endpoints, chargeBalance: { ...chargeBalance, success: 201 } };
    expect(isReplayedCharge(charged({}, { status: 200 }), { ...reference, endpoints })).toBe(true);
    expect(isReplayedCharge(charged({}, { status: 201 }), { ...reference, endpoints })).toBe(false);
    expect(isReplayedCharge(charged({}, { status: 200 }), reference)).toBe(false);
  });
});
