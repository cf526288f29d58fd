import type { Reporter, TestCase, TestError, TestResult, TestStep } from '@playwright/test/reporter';
import { printableLines } from '../text/printable.ts';
import { loadSettings } from '../settings/settings.ts';
import { withoutSecrets } from '../text/secrets.ts';

// Playwright's own errors are coloured; all other escape sequences are removed.
// eslint-disable-next-line no-control-regex
const colour = /(\u001b\[[\d;]{0,20}m)/;

/** Returns an error's text without secrets and control characters, but with its colours. */
export const safeErrorText = (text: string): string =>
  withoutSecrets(text)
    .split(colour)
    .map((part, index) => (index % 2 === 1 ? part : printableLines(part)))
    .join('');

/**
 * Runs before all other reporters and makes the errors safe that they show: Playwright's own assertions show a target's
 * text as it is, and the code of a profile may throw any text.
 */
export default class SafeReporter implements Reporter {
  constructor() {
    // Registers the secrets.
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
