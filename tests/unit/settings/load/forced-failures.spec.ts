import { expect, test } from '@playwright/test';
import { describeForcedFailures, parseForcedFailures } from '../../../../helpers/settings/load/forced-failures.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

test.describe('forced failures', () => {
  test('list of kills and starts is read in the order of its time, db standing for database', () => {
    expect(parseForcedFailures('45s:start-api, 30s:kill-api,1m:kill-db,1m5s:start-database')).toEqual([
      { atMs: 30_000, does: 'kill', to: 'api' },
      { atMs: 45_000, does: 'start', to: 'api' },
      { atMs: 60_000, does: 'kill', to: 'database' },
      { atMs: 65_000, does: 'start', to: 'database' },
    ]);
  });

  test('kill and start of one moment stay in their order', () => {
    expect(parseForcedFailures('0s:kill-api,0s:start-api,0s:kill-api,1s:start-api')).toHaveLength(4);
  });

  test('text that is no list of moments is refused with an example', () => {
    for (const text of ['', 'kill-api', '30:kill-api', '30s:kill-api,', ',30s:kill-api']) {
      expect.soft(parseForcedFailures(text), text).toContain('such as 30s:kill-api,45s:start-api');
    }
  });

  test('unknown word is refused with the nearest one', () => {
    expect(parseForcedFailures('30s:kill-apis')).toBe(
      'one of kill-api, start-api, kill-database, start-database, kill-db, start-db after each moment; "kill-apis" is none (did you mean kill-api?)',
    );
    expect(parseForcedFailures('30s')).toContain('"" is none');
  });

  test('start without a kill, second kill and kill without a start are refused, each by its moment', () => {
    const refused = (text: string) => parseForcedFailures(text);
    expect(refused('45s:start-api')).toBe('a kill-api before 45s:start-api, which starts what still runs');
    expect(refused('5s:kill-api,10s:start-database,15s:start-api')).toContain('before 10s:start-database');
    expect(refused('30s:kill-api,40s:kill-api,45s:start-api')).toBe(
      'a start-api between 30s:kill-api and 40s:kill-api',
    );
    expect(refused('30s:kill-api')).toBe('a start-api after 30s:kill-api, such as 45s:start-api');
    expect(refused('10s:kill-api,15s:start-api,30s:kill-database')).toContain('a start-database after');
  });

  test('wrong LOAD_FAULTS is named with its value and with what is allowed', () => {
    expect(() => parseSettings({ LOAD_FAULTS: '30s:kill-api' })).toThrow(
      'LOAD_FAULTS is "30s:kill-api", allowed is a start-api after 30s:kill-api, such as 45s:start-api.',
    );
  });

  test('forced failures are described in words', () => {
    const failures = parseForcedFailures('30s:kill-api,45s:start-api');
    expect(typeof failures === 'string' ? failures : describeForcedFailures(failures)).toBe(
      'kill api after 30s, start api after 45s',
    );
  });
});
