import { expect, test } from '@playwright/test';
import { absentId, type Id } from '../../../../helpers/profile/ids.ts';
import { scriptOf } from '../../../../helpers/findings/scripts/script-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

const noRows = { accounts: [], products: [], orders: [], items: [], payments: [] };
const user = { userId: 70_001, balance: 5_000 };

/** Returns the script of a top-up of some user, in a scenario with one user of its own. */
const scriptFor = (userId: Id): string => {
  const [finding] = exampleFindings().findings;
  if (!finding) throw new Error('There is no example.');
  const charge = {
    ...{ call: 'chargeBalance', method: 'POST', path: `/api/users/${userId}/balance/charge`, body: '{"amount":1000}' },
    ...{ outcome: '200', status: 200, sentAtMs: 0, durationMs: 5 },
  };
  const rows = { before: { ...noRows, accounts: [user] }, after: noRows };
  const evidence = { ...finding.evidence, exchanges: [charge], rows, check: 'below-zero' };
  const made = scriptOf({ ...finding, evidence }, reference);
  if (!('text' in made)) throw new Error(made.because);
  return made.text;
};

test('script that names a user who does not exist says that it leaves what is made for them', () => {
  const absent = absentId(user.userId);
  expect(scriptFor(absent)).toContain(`for users who do not exist (${absent}) it leaves`);
  expect(scriptFor(user.userId)).not.toContain('who do not exist');
});
