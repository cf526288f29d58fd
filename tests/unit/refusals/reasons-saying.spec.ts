import { test } from '@playwright/test';
import { expect } from '../../../fixtures/expect.ts';
import codesShared from '../../../fixtures/shops/targets/codes-shared.ts';
import messagesAlone from '../../../fixtures/shops/targets/messages-alone.ts';
import inPlainText from '../../../fixtures/shops/targets/refusals-in-plain-text.ts';
import { classifyRefusal, mayMean, type Refusal } from '../../../helpers/refusals/classify-refusal.ts';
import type { NamedReason, RefusalForm } from '../../../helpers/profile/refusal-forms.ts';
import type { TargetProfile } from '../../../helpers/profile/target-profile.ts';

const said = (profile: TargetProfile, status: number, body: unknown): Refusal =>
  classifyRefusal(profile, status, typeof body === 'string' ? body : JSON.stringify(body));

const withForms = (forms: Partial<Record<NamedReason, RefusalForm>>): TargetProfile => ({
  ...messagesAlone,
  refusals: { ...messagesAlone.refusals, ...forms },
});

test.describe('refusals told by a phrase', () => {
  test('phrase names the reason in a text, an array of texts, an array of objects and a plain sentence', () => {
    for (const message of [
      '이미 처리된 요청입니다',
      ['이미 처리된 요청입니다'],
      [{ field: 'key', msg: '이미 처리된 요청입니다' }],
    ]) {
      expect(said(messagesAlone, 400, { message })).toMatchObject({ reason: 'in-progress', namedBy: 'message' });
    }
    expect(said(inPlainText, 400, '이미 처리된 주문입니다').reason).toBe('order-state');
    expect(said(inPlainText, 400, ['물량이 모자랍니다']).reason).toBe('stock');
  });

  test('phrase tells reasons that share a code, and the rest is the one that is no conflict', () => {
    const coded = (detail: string): string => said(codesShared, 400, { code: 'BAD_REQUEST', detail }).reason;
    expect(['지갑을 먼저 채워 주세요', '본인의 주문이 아닙니다', '???'].map(coded)).toEqual([
      'balance',
      'foreign-order',
      'invalid-input',
    ]);
  });

  test('phrase in any case and spacing counts, and in a name only where nothing else says anything', () => {
    const profile = withForms({ balance: { status: 402, codes: [], says: ['Wallet  EMPTY'] } });
    expect(said(profile, 402, { message: 'your wallet empty!' }).reason).toBe('balance');
    expect(said(profile, 400, { message: '물량이 모자랍니다 (상품: wallet empty)' }).reason).toBe('stock');
  });

  test('longest of several phrases counts', () => {
    const profile = withForms({ stock: { status: 400, codes: [], says: ['처리'] } });
    expect(said(profile, 400, { message: '이미 처리된 주문입니다' }).reason).toBe('order-state');
    expect(said(profile, 400, { message: '처리 불가' }).reason).toBe('stock');
  });

  test('phrase that 2 reasons share may mean either of them, and no third', () => {
    const shared = { status: 400, codes: [], says: ['이미 처리'] };
    const profile = withForms({ 'in-progress': shared, 'order-state': shared });
    const refusal = said(profile, 400, { message: '이미 처리되었습니다' });
    expect(refusal.reason).toBe('in-progress');
    expect((['in-progress', 'order-state', 'key-reuse'] as const).map((one) => mayMean(profile, refusal, one))).toEqual(
      [true, true, false],
    );
  });

  test('balance and stock that share a phrase are not guessed', () => {
    const shared = { status: 400, codes: [], says: ['부족'] };
    const profile = withForms({ balance: shared, stock: shared });
    expect(said(profile, 400, { message: '부족' }).reason).toBe('unknown');
    expect(said(profile, 400, { message: '부족: 잔액이 부족합니다' }).reason).toBe('balance');
  });

  test('phrase turns no 5xx into a refusal', () => {
    expect(said(messagesAlone, 500, { message: ['이미 처리된 주문입니다'] }).reason).toBe('server-error');
  });
});
