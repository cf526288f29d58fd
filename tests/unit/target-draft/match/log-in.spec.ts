import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import type { DocumentedField, Operation } from '../../../../helpers/target-draft/document/operation.ts';
import { logInOf, passwordGrant } from '../../../../helpers/target-draft/match/log-in.ts';

const text = (path: string): DocumentedField => ({
  path,
  type: 'string',
  isRequired: true,
  description: '',
  values: [],
});

const post = (path: string): Operation => ({
  ...{ method: 'POST', path, texts: [], parameters: [], errors: [], answersList: false, isDeprecated: false },
  body: [text('email'), text('password')],
  answer: [text('accessToken')],
});

test.describe('log-in of a document', () => {
  test('is the call that logs in, and not sign-up, refresh or log-out', () => {
    for (const aside of ['/auth/signup', '/auth/register', '/api/auth/refresh-token', '/auth/logout']) {
      expect(logInOf([post(aside), post('/auth/login')])).toMatchObject({ path: '/auth/login' });
      expect(logInOf([post(aside)])).toBeUndefined();
    }
  });

  test('is any call with authentication in its path if there is no better one', () => {
    expect(logInOf([post('/auth'), post('/users')])).toEqual({
      ...{ by: 'log-in', path: '/auth', token: 'accessToken' },
      body: { email: '{email}', password: '{password}' },
    });
  });

  test('whose answer the document does not describe has the token where OAuth 2 puts it', () => {
    expect(logInOf([{ ...post('/login'), answer: [] }])).toMatchObject({ path: '/login', token: 'access_token' });
    expect(logInOf([{ ...post('/login'), answer: [text('message')] }])).toBeUndefined();
  });

  test('of OAuth 2 is a form with the e-mail address of users, or else their name', () => {
    expect(passwordGrant('/token', { email: 'mail' })).toMatchObject({
      encoding: 'form',
      body: { username: '{email}' },
    });
    expect(passwordGrant('/token', {})).toMatchObject({ token: 'access_token', body: { username: '{name}' } });
  });
});
