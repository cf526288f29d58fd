import { expect, test } from '@playwright/test';
import { accessMistake } from '../../../helpers/profile/forms/access-mistake.ts';
import { loadTarget } from '../../../helpers/profile/load-target.ts';
import { isRecord } from '../../../helpers/text/json.ts';
import { SettingsError } from '../../../helpers/settings/settings-error.ts';
import { writeProfile } from '../support/runs/run-target-check.ts';

/** Returns what is wrong with values that no type was checked for. */
const mistake = (profile: string): string | undefined => {
  const read: unknown = JSON.parse(profile);
  // As a profile in plain JavaScript, or one whose types nobody checks.
  return isRecord(read) ? accessMistake(read) : 'no object';
};

const session = { by: 'log-in', path: '/in', body: { id: '{userId}' } };

test.describe('mistakes in a profile', () => {
  for (const [what, said] of [
    [
      { authentication: { by: 'oauth' } },
      /^authentication\.by is "oauth"; allowed are 'bearer-token', 'api-key', 'log-in'$/,
    ],
    [{ authentication: { by: 'login' } }, /^authentication\.by is "login" \(did you mean log-in\?\)/],
    [{ authentication: {} }, /^authentication\.by is missing/],
    [{ authentication: { by: 'api-key' } }, /^authentication\.header: /],
    [{ authentication: { by: 'api-key', header: 'X Key' } }, /^authentication\.header: the name of a header/],
    [{ authentication: { ...session, path: 'in' } }, /^authentication\.path: a path, from its first \//],
    [{ authentication: { ...session, csrf: { header: 'X' } } }, /^authentication\.csrf: either `cookie` or `field`/],
    [
      { authentication: { ...session, token: 't', csrf: { header: 'X', cookie: 'T' } } },
      /^authentication: `csrf` for the cookies/,
    ],
    [{ authentication: { ...session, encoding: 'xml' } }, /^authentication\.encoding: 'json' or 'form'/],
    [{ headers: { 'X-Tenant Id': 'a' } }, /^headers\.X-Tenant Id: /],
    [{ headers: { 'X-Tenant-Id': 7 } }, /^headers\.X-Tenant-Id: a text in ASCII/],
    [{ headers: { 'X-Tenant-Id': '가게' } }, /^headers\.X-Tenant-Id: a text in ASCII/],
    [{ headers: { 'X-User': '{user}' } }, /^headers\.X-User: .*\{userId\}, \{name\}, \{email\}/],
    [
      { headers: { 'X-Key': { fromEnvironment: 'GATEWAY' } } },
      /^headers\.X-Key\.fromEnvironment: the name of a variable, API_HEADER_…$/,
    ],
  ] as const) {
    test(`${JSON.stringify(what)} is one`, () => {
      expect(mistake(JSON.stringify(what))).toMatch(said);
    });
  }

  test('every way to authenticate and every form of headers is without mistake', () => {
    for (const authentication of [
      { by: 'bearer-token' },
      { by: 'api-key', header: 'X-API-Key' },
      { ...session, token: 'data.token' },
      { ...session, encoding: 'form', csrf: { header: 'X-CSRF', field: 'token', path: '/csrf' } },
    ]) {
      expect(mistake(JSON.stringify({ authentication }))).toBeUndefined();
    }
    const headers = {
      'X-Tenant-Id': 'acme',
      'X-User': 'u-{userId} {email}',
      'X-Key': { fromEnvironment: 'API_HEADER_1' },
    };
    expect(mistake(JSON.stringify({ headers }))).toBeUndefined();
  });

  test('end a run before it begins', async ({}, testInfo) => {
    const file = testInfo.outputPath('shop.ts');
    const target = await writeProfile(file, "{ ...reference, authentication: { by: 'cookie' } as never }");
    await expect(loadTarget(target)).rejects.toThrow(SettingsError);
    await expect(loadTarget(target)).rejects.toThrow(
      /^The target profile \S+shop\.ts has a mistake: authentication\.by is "cookie"/,
    );
  });
});
