import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { ReceivedResponse } from '../../../../helpers/api/answers/exchange.ts';
import { Sessions } from '../../../../helpers/api/login/sessions.ts';
import { answer } from '../../support/servers/answering-api.ts';

const signedOut = answer(401);
const letIn = answer(200);
const withHeaders = (headers: ReceivedResponse['headers']): ReceivedResponse => ({ ...letIn, headers });

/** Returns sessions whose log-ins are counted: of each, the cookie is its number. */
const counted = (csrf?: { header: string; cookie?: string }) => {
  let count = 0;
  const begin = () => {
    count += 1;
    return Promise.resolve({ cookie: `sid=${count}`, ...(csrf && { [csrf.header]: `token ${count}` }) });
  };
  return { sessions: new Sessions({ begin, csrf }), logIns: () => count };
};

test.describe('sessions', () => {
  test('session that has ended is begun again, once for all requests that see it end', async () => {
    const { sessions, logIns } = counted();
    const first = await sessions.of(7);
    expect(await sessions.afterAnswer(7, first, letIn)).toBeUndefined();
    const renewed = await Promise.all([1, 2, 3].map(() => sessions.afterAnswer(7, first, signedOut)));
    expect(renewed).toEqual([{ cookie: 'sid=2' }, { cookie: 'sid=2' }, { cookie: 'sid=2' }]);
    expect(await sessions.of(7)).toEqual({ cookie: 'sid=2' });
    expect(logIns()).toBe(2);
  });

  test('redirect to the log-in ends a session, another redirect and a 403 do not', async () => {
    const { sessions, logIns } = counted();
    const first = await sessions.of(7);
    await sessions.afterAnswer(7, first, letIn);
    const redirect = (location: string) => ({ ...answer(302), headers: { location } });
    expect(await sessions.afterAnswer(7, first, redirect('/orders/8'))).toBeUndefined();
    expect(await sessions.afterAnswer(7, first, answer(403))).toBeUndefined();
    expect(logIns()).toBe(1);
    expect(await sessions.afterAnswer(7, first, redirect('/sign-in?next=/'))).toEqual({ cookie: 'sid=2' });
  });

  test('session that was never let in is not begun again', async () => {
    const { sessions, logIns } = counted();
    const first = await sessions.of(7);
    expect(await sessions.afterAnswer(7, first, signedOut)).toBeUndefined();
    await sessions.afterAnswer(7, first, letIn);
    const second = (await sessions.afterAnswer(7, first, signedOut)) ?? {};
    // The target lets nobody in any more: what it says to the new session is its answer.
    expect(await sessions.afterAnswer(7, second, signedOut)).toBeUndefined();
    expect(logIns()).toBe(2);
  });

  test('token against forged requests is that of the last answer, from its header or its cookie', async () => {
    const { sessions } = counted({ header: 'X-CSRF', cookie: 'csrf' });
    const first = await sessions.of(7);
    await sessions.afterAnswer(7, first, withHeaders({ 'x-csrf': 'next' }));
    expect(await sessions.of(7)).toEqual({ cookie: 'sid=1', 'X-CSRF': 'next' });
    await sessions.afterAnswer(7, await sessions.of(7), withHeaders({ 'set-cookie': 'csrf=a%2Bb; Path=/, sid=9' }));
    expect(await sessions.of(7)).toEqual({ cookie: 'sid=9; csrf=a%2Bb', 'X-CSRF': 'a+b' });
    // An answer to an older request changes nothing.
    await sessions.afterAnswer(7, first, withHeaders({ 'x-csrf': 'late' }));
    expect(await sessions.of(7)).toMatchObject({ 'X-CSRF': 'a+b' });
  });

  test('log-in that failed is tried again by the next request', async () => {
    const answers = [() => Promise.reject(new Error('no')), () => Promise.resolve({ cookie: 'sid=2' })];
    const sessions = new Sessions({ begin: () => answers.shift()?.() ?? Promise.reject(new Error('a third')) });
    await expect(sessions.of(7)).rejects.toThrow('no');
    expect(await sessions.of(7)).toEqual({ cookie: 'sid=2' });
  });
});
