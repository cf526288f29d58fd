import { expect, test } from '@playwright/test';
import type { Intervention } from '../../../../helpers/findings/deviations/deviation.ts';
import { FreshKeys } from '../../../../helpers/findings/scripts/fresh-keys.ts';
import { NamedIds } from '../../../../helpers/findings/scripts/named-ids.ts';
import { stepLines } from '../../../../helpers/findings/scripts/lines/step-lines.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

const userId = 70_001;

/** Returns the lines that do again what a scenario did to the tables. */
const linesFor = (change: Omit<Intervention, 'atMs'>): string => {
  const [finding] = exampleFindings().findings;
  if (!finding) throw new Error('There is no example.');
  const after = { accounts: [], products: [], orders: [], items: [], payments: [] };
  const before = { accounts: [{ userId, balance: 5_000 }], products: [] };
  const evidence = { exchanges: [], interventions: [], isUnforced: false, before, after };
  const context = { finding, profile: reference, evidence, keys: new FreshKeys([]) };
  const ids = new NamedIds(reference, evidence);
  return stepLines([{ do: 'change', change: { ...change, atMs: 0 } }], { ...context, ids })?.join('\n') ?? '';
};

test.describe('steps of a script', () => {
  test('balance that a scenario set is set to the same value, for the user of the script alone', () => {
    const lines = linesFor({ what: 'set-balance', row: 'balance', id: userId, value: '9223372036854775000' });
    expect(lines).toContain("UPDATE `user_balance` SET `balance` = '\\''9223372036854775000'\\'' WHERE `user_id` = '");
    expect(lines).toContain('"$USER_1"');
    expect(lines).toContain("cannot 'a row cannot be changed'");
  });

  test('balance row that a scenario removed is removed', () => {
    const lines = linesFor({ what: 'no-balance', row: 'balance', id: userId });
    expect(lines).toContain('DELETE FROM `user_balance` WHERE `user_id` = \'"$USER_1"');
  });

  test('keys that a scenario let expire early expire within the hour, those of the same call alone', () => {
    const lines = linesFor({ what: 'shorten-keys', row: 'user', id: userId, call: 'pay' });
    expect(lines).toMatch(/^sql_again 'UPDATE `payment_idempotency` SET `\w+` = UTC_TIMESTAMP\(\) \+ INTERVAL 1 HOUR/);
    expect(lines.split('\n')).toHaveLength(1);
  });

  test('row of a user outside the script is no step', () => {
    expect(linesFor({ what: 'no-balance', row: 'balance', id: 1 })).toBe('');
  });
});
