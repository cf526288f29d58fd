import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { subjectOfError } from '../../../../helpers/findings/kinds/subject-of-error.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { failureOf } from '../../support/examples/exchange-examples.ts';

/** What the scenarios say of the assertions whose subject is known by it, as it stands in their text. */
const remarks = {
  'answered-balances': [
    'each payment answers a different balance',
    'each payment and top-up answers a different balance',
  ],
  language: ['message for ${refusal?.reason} when English is requested', 'message when English is requested'],
  total: ['the total of the order'],
} as const;

const scenarios = path.join(projectFolder, 'tests', 'scenarios');

const sourceOfScenarios = (): string =>
  readdirSync(scenarios, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.spec.ts'))
    .map((file) => readFileSync(path.join(scenarios, file), 'utf8'))
    .join('\n');

const subjectOf = (remark: string): string | undefined =>
  subjectOfError(
    failureOf(() => {
      expect([1, 1], remark).toEqual([1]);
    }),
  );

test.describe('subject of a plain assertion', () => {
  test('assertions of the scenarios are known by what they say of themselves', () => {
    const source = sourceOfScenarios();
    for (const [subject, said] of Object.entries(remarks)) {
      for (const remark of said) {
        expect(source).toContain(remark);
        expect(subjectOf(remark.replace('${refusal?.reason}', 'key-reuse')), remark).toBe(subject);
      }
    }
  });

  test('tables without a payment are the subject of an assertion about rows', () => {
    const error = failureOf(() => {
      expect({ orders: ['pending'], payments: [] }).toEqual({ orders: ['paid'], payments: [10_000] });
    });
    expect(subjectOfError(error)).toBe('no-payment');
  });

  test('anything else has no subject of its own', () => {
    expect(subjectOf('the total of the order is wrong')).toBeUndefined();
    expect(subjectOf('orders made')).toBeUndefined();
    expect(subjectOfError('Error: connect ECONNREFUSED')).toBeUndefined();
  });
});
