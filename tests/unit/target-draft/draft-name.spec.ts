import { expect, test } from '@playwright/test';
import { draftName } from '../../../helpers/target-draft/draft-name.ts';
import { runCommand } from '../support/runs/run-command.ts';

test.describe('name of a drafted profile', () => {
  test('is that of --name, else that of TARGET, else my-shop', () => {
    expect(draftName('a-shop', 'spring')).toEqual({ name: 'a-shop' });
    expect(draftName(undefined, 'spring')).toEqual({ name: 'spring' });
    expect(draftName(undefined, 'reference')).toEqual({ name: 'my-shop' });
  });

  test('TARGET that is a path is not used, which is said with what to do', () => {
    const { name, note } = draftName(undefined, 'profiles/spring.ts');
    expect(name).toBe('my-shop');
    expect(note).toContain("TARGET is 'profiles/spring.ts', which is not used, since it is no plain name");
    expect(note).toContain('choose another name with --name');
  });

  test('TARGET that names a profile is not replaced by a draft', async () => {
    const environment = { TARGET: 'header-key', BASE_URL: 'http://127.0.0.1:9' };
    const { exitCode, output } = await runCommand('target-draft', [], environment);
    expect(output).toContain('header-key.ts exists: choose another --name, or replace it with --force');
    expect(exitCode).toBe(2);
  });
});
