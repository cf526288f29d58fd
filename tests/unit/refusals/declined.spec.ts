import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import gatewayByAmount from '../../../fixtures/shops/targets/gateway-by-amount.ts';
import gatewayByCard from '../../../fixtures/shops/targets/gateway-by-card.ts';
import { reference } from '../../../helpers/profile/targets/reference.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';
import { classifyRefusal } from '../../../helpers/refusals/classify-refusal.ts';

const reasonOf = (profile: TargetProfile, message: string, status = 402, code?: string) =>
  classifyRefusal(profile, status, JSON.stringify({ message, code })).reason;

const declined = [
  '결제가 거절되었습니다. (사유: 카드사 거절)',
  '카드사에서 승인을 거절했습니다',
  '카드 승인이 거부되었습니다',
  '거래가 거절되었습니다',
  'Payment declined (by the issuer)',
  'Your card was declined.',
  'card_declined',
  'The charge has been rejected',
  'Declined by the payment provider',
  'The issuer declined the request',
];

test.describe('payments that a gateway declines', () => {
  for (const message of declined) {
    test(`"${message}" says that the payment was declined`, () => {
      expect(reasonOf(gatewayByAmount, message)).toBe('declined');
      expect(reasonOf(gatewayByAmount, message, 409)).toBe('declined');
    });
  }

  test('decline that names another cause is classified as that cause', () => {
    expect(reasonOf(gatewayByAmount, 'Payment declined: insufficient balance')).toBe('balance');
    expect(reasonOf(gatewayByAmount, '잔액이 부족하여 결제가 거절되었습니다')).toBe('balance');
  });

  test('without a gateway nothing is declined', () => {
    expect(reasonOf(reference, 'Payment declined', 409)).toBe('unknown');
  });

  test('code of the profile tells it, whatever the words', () => {
    expect(reasonOf(gatewayByCard, '다시 시도해 주세요', 402, 'PAY005')).toBe('declined');
  });
});
