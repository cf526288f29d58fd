import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { tellingErrorFields } from '../../../../helpers/target-check/suggest/telling-error-fields.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { NamedReason } from '../../../../helpers/profile/refusal-forms.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';

const refused = (reason: NamedReason, status: number, body: object) => ({
  reason,
  response: { status, body: JSON.stringify(body) },
});

const withErrors = (errors: TargetProfile['errors']): TargetProfile => ({ ...reference, errors });

const suggestions = (errors: TargetProfile['errors'], refusals: Parameters<typeof tellingErrorFields>[1]) =>
  tellingErrorFields(withErrors(errors), refusals).map(({ correction }) => correction);

test.describe('error fields that distinguish causes', () => {
  const general = '비즈니스 정책을 위반한 요청입니다.';
  const balance = refused('balance', 409, { code: 409, message: general, detail: '잔액이 부족합니다. 현재: 5' });
  const stock = refused('stock', 409, { code: 409, message: general, detail: '재고가 부족합니다. 현재: 1' });

  test('code that repeats the status is dropped, and the message field that differs is suggested', () => {
    expect(suggestions({ code: 'code', message: 'message' }, [balance, stock])).toEqual([
      { property: ['errors', 'code'], value: undefined },
      { property: ['errors', 'message'], value: 'detail' },
    ]);
  });

  test('message field that some refusals lack is suggested beside the present one', () => {
    const broken = refused('invalid-input', 400, { message: 'Bad Request' });
    expect(suggestions({ message: 'message' }, [balance, stock, broken])).toEqual([
      { property: ['errors', 'message'], value: ['detail', 'message'] },
    ]);
  });

  test('nothing is suggested for distinct causes, nor for one cause with different numbers', () => {
    const told = { code: 'code', message: 'detail' };
    const other = refused('balance', 409, { code: 409, message: general, detail: '잔액이 부족합니다. 현재: 9' });
    expect(suggestions({ message: 'detail' }, [balance, stock])).toEqual([]);
    expect(suggestions(told, [balance, other])).toEqual([]);
    const absent = refused('unknown-user', 404, { code: 404, message: 'no', detail: '잔액이 부족합니다.' });
    expect(suggestions({ code: 'code', message: 'message' }, [balance, absent])).toEqual([]);
  });
});
