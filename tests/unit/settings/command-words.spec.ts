import { expect, test } from '@playwright/test';
import { commandWords } from '../../../helpers/settings/command-words.ts';
import { parseSettings } from '../../../helpers/settings/settings.ts';

type Environment = Parameters<typeof parseSettings>[0];

const target = { BASE_URL: 'http://shop', DB_HOST: 'db' };

const complaint = (environment: Environment): string => {
  try {
    parseSettings(environment);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

test.describe('commands that kill and start a target', () => {
  test('are words with spaces between, or in quotes, and nothing else is special', () => {
    expect(commandWords(' docker  kill\tshop ')).toEqual(['docker', 'kill', 'shop']);
    expect(commandWords(`run "my shop" 'it is "up"' --name="a b"c ''`)).toEqual([
      ...['run', 'my shop', 'it is "up"', '--name=a bc', ''],
    ]);
    expect(commandWords(String.raw`C:\bin\shop.exe $HOME *.jar a&b`)).toEqual([
      ...[String.raw`C:\bin\shop.exe`, '$HOME', '*.jar', 'a&b'],
    ]);
  });

  test('are refused where a quote is open, or only a shell would understand them', () => {
    for (const wrong of ['', ' ', `run "it`, `it's`, `''`, 'a && b', 'a | b', 'a ; b', 'a > log', 'a 2>&1', 'a &']) {
      expect(commandWords(wrong), wrong).toBeUndefined();
    }
  });

  test('come in pairs, for a target at BASE_URL', () => {
    const api = { TARGET_KILL_COMMAND: 'docker kill shop', TARGET_START_COMMAND: 'docker start shop' };
    const database = { DB_KILL_COMMAND: 'docker kill db', DB_START_COMMAND: 'docker start db' };
    expect(parseSettings(target).restart).toEqual({});
    expect(parseSettings({ ...target, ...api, ...database }).restart).toMatchObject({
      api: { kill: { words: ['docker', 'kill', 'shop'] }, start: { variable: 'TARGET_START_COMMAND' } },
      database: { kill: { variable: 'DB_KILL_COMMAND' }, start: { words: ['docker', 'start', 'db'] } },
    });
    expect(complaint({ ...target, TARGET_KILL_COMMAND: 'kill' })).toBe(
      'TARGET_KILL_COMMAND is set, but TARGET_START_COMMAND is not, and the API can only be killed where it can be started again. Set TARGET_START_COMMAND to the command that starts it again, or unset TARGET_KILL_COMMAND.',
    );
    expect(complaint({ ...target, DB_START_COMMAND: 'start' })).toContain(
      'Set DB_KILL_COMMAND to the command that kills it, or unset DB_START_COMMAND.',
    );
    expect(complaint(api)).toContain('for a target at BASE_URL, which is not set');
  });

  test('are not shown where they are wrong, since they may hold a password', () => {
    expect(complaint({ ...target, DB_KILL_COMMAND: 'mysqladmin -phunter22 kill && true' })).toMatch(
      /^DB_KILL_COMMAND is \(hidden\), allowed is a program and its arguments/,
    );
  });
});
