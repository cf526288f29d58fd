import { expect, test } from '@playwright/test';
import { fixedHeaders, type Contact } from '../../../../helpers/api/login/fixed-headers.ts';
import type { SentRequest } from '../../../../helpers/api/answers/exchange.ts';
import { ShopApi } from '../../../../helpers/api/shop-api.ts';
import type { HeaderValue } from '../../../../helpers/profile/headers.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import type { Field } from '../../../../helpers/text/json.ts';
import { answer } from '../../support/servers/answering-api.ts';

/** Returns the headers of a user of a profile that demands these. */
const headersOf = async (
  headers: Readonly<Record<string, HeaderValue>>,
  userId: Field,
  contact: Contact = {},
): Promise<Readonly<Record<string, string>> | undefined> =>
  fixedHeaders({
    profile: { name: 'shop', headers },
    settings: { headerValues: { API_HEADER_GATEWAY: 'gate' } },
    contactOf: () => Promise.resolve(contact),
  })?.(userId);

test.describe('headers that a profile demands', () => {
  test('are the same for all, from the environment, or of the user who asks', async () => {
    const headers = {
      'X-Tenant-Id': 'acme',
      'X-Key': { fromEnvironment: 'API_HEADER_GATEWAY' },
      'X-User': 'user {userId} <{email}>',
      'X-Name': '{name}',
    } as const;
    const alike = { 'x-tenant-id': 'acme', 'x-key': 'gate' };
    expect(await headersOf(headers, 7, { name: '김하늘', email: 'a@b' })).toEqual({
      ...alike,
      'x-user': 'user 7 <a@b>',
      'x-name': '%EA%B9%80%ED%95%98%EB%8A%98',
    });
    expect(await headersOf(headers, undefined)).toEqual(alike);
    expect(await headersOf(headers, 7)).toEqual(alike);
    expect(await headersOf({}, 7)).toBeUndefined();
  });

  test('value that is not set in the environment is named with its header', async () => {
    await expect(headersOf({ 'X-Key': { fromEnvironment: 'API_HEADER_OTHER' } }, 7)).rejects.toThrow(
      'The target profile shop needs API_HEADER_OTHER for the header X-Key, but it is not set.',
    );
  });

  test('are sent and not recorded, go before what is usual, and after what a test itself sends', async () => {
    const profile = { ...reference, headers: { Accept: 'application/vnd.shop+json', 'Accept-Language': 'ko' } };
    const sent: SentRequest[] = [];
    const api = new ShopApi({
      profile,
      fixedHeaders: fixedHeaders({ profile, settings: { headerValues: {} } }),
      transport: {
        send: (request) => {
          sent.push(request);
          return Promise.resolve(answer(200));
        },
      },
    });
    const { request } = await api.health();
    await api.with({ headers: { 'accept-language': 'en' } }).health();
    expect(sent.map(({ headers }) => headers)).toEqual([
      { accept: 'application/vnd.shop+json', 'accept-language': 'ko' },
      { accept: 'application/vnd.shop+json', 'accept-language': 'en' },
    ]);
    expect(request.headers).toEqual({ accept: 'application/json' });
  });
});
