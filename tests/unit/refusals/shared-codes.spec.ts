import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { classifyRefusal } from '../../../helpers/refusals/classify-refusal.ts';
import hhplus from '../../../helpers/profile/targets/hhplus.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

const reasonOf = (profile: TargetProfile, status: number, code: string, message: string): string =>
  classifyRefusal(profile, status, JSON.stringify({ code, message })).reason;

test.describe('shared codes', () => {
  test('code shared by a conflict and an invalid input is classified by the message', () => {
    expect(reasonOf(hhplus, 400, 'COMMON002', '이미 처리 중인 요청입니다. idempotencyKey: k1')).toBe('in-progress');
    expect(reasonOf(hhplus, 400, 'COMMON002', '주문한 사용자와 결제 요청 사용자가 다릅니다.')).toBe('invalid-input');
  });

  test('code shared by 2 conflicts is classified by the message, else as unknown', () => {
    expect(reasonOf(hhplus, 409, 'PAY003', '동일한 결제 요청이 처리 중입니다.')).toBe('in-progress');
    expect(reasonOf(hhplus, 409, 'PAY003', '멱등성 키가 다른 요청에 사용되었습니다.')).toBe('key-reuse');
    expect(reasonOf(hhplus, 409, 'PAY003', '중복 요청입니다')).toBe('unknown');
  });

  test('code of a single reason needs no message', () => {
    expect(reasonOf(reference, 409, 'PAY003', 'No.')).toBe('in-progress');
    expect(reasonOf(hhplus, 400, 'O003', '')).toBe('order-state');
  });
});
