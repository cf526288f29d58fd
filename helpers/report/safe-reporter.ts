import type { Reporter, TestCase, TestError, TestResult, TestStep } from '@playwright/test/reporter';
import { printableLines } from '../text/printable.ts';
import { loadSettings } from '../settings/settings.ts';
import { withoutSecrets } from '../text/secrets.ts';

// Playwright's own errors are coloured; nothing else that an escape sequence can do is wanted of them.
// eslint-disable-next-line no-control-regex
const colour = /(\u001b\[[\d;]{0,20}m)/;

/** An error's text without secrets and without control characters, its colours kept. */
export const safeErrorText = (text: string): string =>
  withoutSecrets(text)
    .split(colour)
    .map((part, index) => (index % 2 === 1 ? part : printableLines(part)))
    .join('');

/**
 * Goes before all other reporters and makes the errors safe that they are about to show: an assertion of Playwright's
 * own shows what a target said as it is, and a profile's own code may say anything.
 */
export default class SafeReporter implements Reporter {
  constructor() {
    // Knows the secrets from then on.
    loadSettings();
  }

  onError(error: TestError): void {
    makeSafe(error);
  }

  onStepEnd(_test: TestCase, _result: TestResult, { error }: TestStep): void {
    makeSafe(error);
  }

  onTestEnd(_test: TestCase, { errors }: TestResult): void {
    for (const error of errors) makeSafe(error);
  }

  printsToStdio(): boolean {
    return false;
  }
}

function makeSafe(error: TestError | undefined): void {
  if (!error) return;
  for (const part of ['message', 'stack', 'value'] as const) {
    const text = error[part];
    if (text !== undefined) error[part] = safeErrorText(text);
  }
  makeSafe(error.cause);
}
