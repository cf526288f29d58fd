import { test } from '@playwright/test';
import { expect } from '../../../../fixtures/expect.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { complaint } from '../../support/outputs/complaint.ts';

const nearMisses: Readonly<Record<string, string>> = {
  DB_PASWORD: 'DB_PASSWORD',
  DB_PASSWD: 'DB_PASSWORD',
  DB_PASS: 'DB_PASSWORD',
  DB_PWD: 'DB_PASSWORD',
  DB_USERNAME: 'DB_USER',
  DB_DATABASE: 'DB_NAME',
  DB_SCHEMA: 'DB_NAME',
  DB_HOSTNAME: 'DB_HOST',
  DB_SSL_MODE: 'DB_SSL',
  API_CA: 'API_CA_FILE',
  API_URL: 'BASE_URL',
  db_host: 'DB_HOST',
  DB_HOTS: 'DB_HOST',
  Base_Url: 'BASE_URL',
  BASE_URI: 'BASE_URL',
  BASEURL: 'BASE_URL',
  WORKER: 'WORKERS',
  TARGETS: 'TARGET',
  SAFTY_MARGIN: 'SAFETY_MARGIN',
  REQUEST_TIMEOUT: 'REQUEST_TIMEOUT_MS',
  ALLOW_WRITE_TO: 'ALLOW_WRITES_TO',
};

test.describe('names of settings', () => {
  test('mistyped setting name is reported with the setting that was meant', () => {
    const said = Object.keys(nearMisses).map((name) => complaint({ [name]: '1' }));
    expect(said).toEqual(
      Object.entries(nearMisses).map(
        ([name, meant]) => `${name} is set, but no setting has that name. Did you mean ${meant}? Rename or unset it.`,
      ),
    );
  });

  test('unrelated variables are ignored', () => {
    const unrelated = ['PATH', 'HOME', 'PORT', 'HOST', 'USER', 'NAME', 'BASE', 'URL', 'WORKSPACE', 'PASSWORD'];
    const ofOthers = ['DB_TYPE', 'DB_URL', 'BASE_DIR', 'MYSQL_HOST', 'TARGETARCH', 'npm_config_target', 'CI'];
    for (const name of [...unrelated, ...ofOthers]) expect.soft(complaint({ [name]: 'x' }), name).toBe('');
  });

  test('variables that machines set for their own purposes, such as USER_ID, change nothing', () => {
    expect(parseSettings({ USER_ID: '1000', DB_POOL: '5', DB_HOME: '/srv/db', SPEED: '3' })).toEqual(parseSettings({}));
  });
});
