import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { complaint } from '../../support/outputs/complaint.ts';
import { complaintsOf, expectedComplaintsOf, type RefusedValues } from '../../support/outputs/refused-values.ts';

const wrong: readonly RefusedValues[] = [
  {
    name: 'BASE_URL',
    values: ['localhost:8080', 'ftp://shop', 'http://', 'http://shop/?a=1', 'http://shop/#top', 'shop'],
    allowed: 'an http:// or https:// address, such as http://localhost:8080',
  },
  {
    name: 'BASE_URLS',
    values: ['http://a', 'http://a,', 'http://a,b', 'http://a,http://a/', 'http://a;http://b'],
    allowed:
      'two or more different http:// or https:// addresses of one service, such as http://localhost:8080,http://localhost:8081',
  },
  {
    name: 'DB_HOST',
    values: ['mysql://db', 'db/shop', 'db host'],
    allowed: 'a host name or address alone; port, user and database have variables of their own',
  },
  { name: 'DB_PORT', values: ['0', '65536', '33o6', '-1', '3306.0', '1e3'], allowed: 'a whole number from 1 to 65535' },
  { name: 'DB_NAME', values: ['x'.repeat(65)], allowed: 'a database name of at most 64 characters' },
  {
    name: 'TARGET',
    values: ['Reference', '../x', '1shop', 'a b'],
    allowed: 'the name of a file in helpers/profile/targets, such as reference, or the path of one',
  },
  { name: 'WORKERS', values: ['0', '513', '50%', 'all'], allowed: 'a whole number from 1 to 512' },
  { name: 'PAYMENTS_PER_WORKER', values: ['0', '10000001', '1_000'], allowed: 'a whole number from 1 to 10000000' },
  { name: 'SAFETY_MARGIN', values: ['0.9', '101', 'two', '1,5', 'Infinity'], allowed: 'a number from 1 to 100' },
  { name: 'REPLAY_WINDOW', values: ['0', '100001', 'all'], allowed: 'a whole number from 1 to 100000' },
  { name: 'LOCK_HOLD_MS', values: ['999', '120001', '1m'], allowed: 'a whole number from 1000 to 120000' },
  { name: 'RANDOM_SEED', values: ['4294967296', '-1', 'abc'], allowed: 'a whole number from 0 to 4294967295' },
  { name: 'REQUEST_TIMEOUT_MS', values: ['99', '600001', '5s'], allowed: 'a whole number from 100 to 600000' },
  { name: 'RATE_LIMIT_WAIT_MS', values: ['-1', '600001', '30s'], allowed: 'a whole number from 0 to 600000' },
  {
    name: 'DB_SSL',
    values: ['yes', 'TRUE', 'verify-ca'],
    allowed: 'false, or true or required (the same: never without TLS)',
  },
  ...['DB_SSL_CA', 'API_CA_FILE'].map((name) => ({
    name,
    values: ['no-such-file.pem', 'package.json', '.'],
    allowed: 'the path of a file with certificates in PEM form (-----BEGIN …)',
  })),
  ...['ALLOW_WRITES_TO', 'ALLOW_PRODUCTION'].map((name) => ({
    name,
    values: ['db', 'db/', '/shop', 'a/b/c'],
    allowed: 'host/database, exactly as in DB_HOST and DB_NAME',
  })),
];

test.describe('values of settings', () => {
  test('wrong value is reported with the variable, the value and what is allowed', () => {
    expect(wrong.map(complaintsOf)).toEqual(wrong.map(expectedComplaintsOf));
  });

  test('all wrong values are reported at once, one per line', () => {
    expect(complaint({ WORKERS: 'x', DB_PORT: 'y' }).split('\n')).toEqual([
      expect.stringMatching(/^DB_PORT is "y"/),
      expect.stringMatching(/^WORKERS is "x"/),
    ]);
  });

  test('no error message shows a password', () => {
    const secret = 'hunter2';
    const said = [
      complaint({ DB_PASSWORD: secret, WORKERS: 'x' }),
      complaint({ DB_PASWORD: secret }),
      complaint({ db_password: secret }),
      complaint({ DB_HOST: `root:${secret}@db` }),
      complaint({ BASE_URL: `http://qa:${secret}@shop` }),
      complaint({ BASE_URL: `http://:${secret}@shop` }),
    ];
    expect(said.filter((message) => message === '' || message.includes(secret))).toEqual([]);
  });

  test('empty and blank values count as unset', () => {
    const names = [...wrong.map(({ name }) => name), 'DB_USER', 'DB_PASSWORD', 'BUNDLED_SHOP_URL', 'BUNDLED_SHOP_DB'];
    const empty = Object.fromEntries(names.map((name) => [name, '']));
    expect(parseSettings(empty)).toEqual(parseSettings({}));
    expect(parseSettings({ BASE_URL: ' ', WORKERS: '  ' })).toEqual(parseSettings({}));
  });
});
