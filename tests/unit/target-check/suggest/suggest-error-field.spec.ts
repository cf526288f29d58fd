import { expect, test } from '@playwright/test';
import { suggestErrorField } from '../../../../helpers/target-check/suggest/suggest-error-field.ts';

test.describe('error field suggestions', () => {
  test('code, message and timestamp of an error are found in common envelopes', () => {
    const suggested = (json: unknown) =>
      (['code', 'message', 'timestamp'] as const).map((field) => suggestErrorField(json, field, 422)?.path);
    expect(suggested({ type: 'https://shop.example/low', title: 'Low', status: 422, detail: 'Too low' })).toEqual([
      'type',
      'detail',
      undefined,
    ]);
    expect(suggested({ error: { code: 'LOW', message: 'Too low', time: '2026-01-02T03:04:05Z' } })).toEqual([
      'error.code',
      'error.message',
      'error.time',
    ]);
    expect(suggested({ code: 422, errorCode: 'LOW', msg: 'Too low' })).toEqual(['errorCode', 'msg', undefined]);
  });
});
