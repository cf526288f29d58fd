import { expect, test } from '@playwright/test';
import type { ReceivedResponse } from '../../../../helpers/api/answers/exchange.ts';
import { unusableAnswer } from '../../../../helpers/api/answers/unusable-answer.ts';
import { answer, answering } from '../../support/servers/answering-api.ts';

const askedFor = async (response: ReceivedResponse | Error) =>
  unusableAnswer(await answering(response).api.getBalance(7));

const html = { 'content-type': 'text/html; charset=utf-8' };

test.describe('unusable answer', () => {
  test('5xx, redirect, web page and silence are unusable, each in words that name request and status', async () => {
    const does = await Promise.all(
      [
        answer(503),
        answer(500, ''),
        { status: 302, headers: { location: '/sign-in' }, body: '' },
        answer(200, '<!doctype html><p>Sign in</p>'),
        { status: 404, headers: html, body: 'Cannot GET' },
        new Error('timed out after 5000 ms'),
      ].map(async (response) => {
        const unusable = await askedFor(response);
        return `${unusable?.of}: ${unusable?.does}`;
      }),
    );
    expect(does).toEqual([
      'server-error: answers 503 to GET /api/users/7/balance: {}',
      'server-error: answers 500 to GET /api/users/7/balance: an empty body',
      'redirect: answers 302 to GET /api/users/7/balance, a redirect to /sign-in',
      'web-page: answers 200 with a web page to GET /api/users/7/balance',
      'web-page: answers 404 with a web page to GET /api/users/7/balance',
      'no-answer: did not answer GET /api/users/7/balance: no answer (timed out after 5000 ms)',
    ]);
  });

  test('success, refusal, empty body and JSON that is sent as HTML can be used', async () => {
    const usable = [
      answer(200, { userId: 7, balance: 5 }),
      answer(409, { code: 'PAY001' }),
      answer(404, ''),
      { status: 404, headers: html, body: '' },
      { status: 200, headers: html, body: '{"userId":7}' },
      answer(400, 'no <html> here'),
    ];
    for (const response of usable) expect.soft(await askedFor(response)).toBeUndefined();
  });
});
