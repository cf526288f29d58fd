import { expect, test } from '@playwright/test';
import { describeWaiters } from '../../../../fixtures/races/describe-waiters.ts';
import { scriptOf } from '../../../../helpers/findings/scripts/script-of.ts';
import { reference } from '../../../../helpers/profile/targets/reference.ts';
import { exampleFindings } from '../../support/examples/example-findings.ts';

const noRows = { accounts: [], products: [], orders: [], items: [], payments: [] };

/** Returns what the script of a race does, whose two payments took so long, for a number of waiters at the locked row. */
const linesFor = (waiters: number, durationMs = 40): string => {
  const [finding] = exampleFindings().findings;
  if (!finding) throw new Error('There is no example.');
  const user = { userId: 70_001, balance: 5_000 };
  const payment = {
    call: 'pay',
    method: 'POST',
    path: '/api/orders/12/payment',
    outcome: '200',
    status: 200,
    durationMs,
  };
  const made = scriptOf(
    {
      ...finding,
      evidence: {
        ...finding.evidence,
        exchanges: [1, 3].map((sentAtMs) => ({ ...payment, sentAtMs })),
        interventions: [{ what: 'hold', row: 'user', id: user.userId, atMs: 0, untilMs: 50 }],
        rows: { before: { ...noRows, accounts: [user] }, after: noRows },
        gate: [describeWaiters(waiters, 2)],
        check: 'several-payments',
      },
    },
    reference,
  );
  if (!('text' in made)) throw new Error(made.because);
  return made.text.split('# --- This finding ---')[1] ?? '';
};

test.describe('script of a race', () => {
  test('whose requests waited for the locked row sends them in their order, once', () => {
    expect(linesFor(2)).toMatch(/\nhold .*\nstart 1\nstart 2\n/);
    expect(linesFor(2)).not.toContain('try_until_shown');
  });

  test('whose requests did not wait for it sends them at once, in up to five tries', () => {
    const lines = linesFor(0);
    expect(lines).toMatch(/\nattempt\(\) \{\n/);
    expect(lines).toMatch(/\n {2}hold .*\n {2}start_at_once 1\n {2}start_at_once 2\n/);
    expect(lines).toMatch(/\n\}\ntry_until_shown\nconclude\n$/);
  });

  test('is no race where they came one after the other, and is tried once', () => {
    expect(linesFor(0, 1)).not.toContain('try_until_shown');
  });
});
