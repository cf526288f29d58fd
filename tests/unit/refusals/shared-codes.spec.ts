import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import { classifyRefusal } from '../../../helpers/refusals/classify-refusal.ts';
import hhplus from '../../../helpers/profile/targets/hhplus.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

const reasonOf = (profile: TargetProfile, status: number, code: string, message: string): string =>
  classifyRefusal(profile, status, JSON.stringify({ code, message })).reason;

test.describe('shared codes', () => {
  test('a conflict that shares its code with what is none is known by its message', () => {
    expect(reasonOf(hhplus, 400, 'COMMON002', '이미 처리 중인 요청입니다. idempotencyKey: k1')).toBe('in-progress');
    expect(reasonOf(hhplus, 400, 'COMMON002', '주문한 사용자와 결제 요청 사용자가 다릅니다.')).toBe('invalid-input');
  });

  test('conflicts that share a code are told apart by their messages, or stay unknown', () => {
    expect(reasonOf(hhplus, 409, 'PAY003', '동일한 결제 요청이 처리 중입니다.')).toBe('in-progress');
    expect(reasonOf(hhplus, 409, 'PAY003', '멱등성 키가 다른 요청에 사용되었습니다.')).toBe('key-reuse');
    expect(reasonOf(hhplus, 409, 'PAY003', '중복 요청입니다')).toBe('unknown');
  });

  test('a code of one reason needs no message', () => {
    expect(reasonOf(reference, 409, 'PAY003', 'No.')).toBe('in-progress');
    expect(reasonOf(hhplus, 400, 'O003', '')).toBe('order-state');
  });
});
