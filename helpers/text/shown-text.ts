import { printable, printableLines } from './printable.ts';
import { withoutSecrets } from './secrets.ts';

const maxSecretLength = 10_000;

/**
 * Returns a text of unknown origin as it is shown to people: without secrets and control characters, and shortened.
 *
 * @param maxLength number of characters that are kept.
 */
export function shownText(text: string, maxLength: number): string {
  // A text that is far too long is cut before it is searched, and far enough behind the end to leave secrets whole.
  const begun = text.slice(0, maxLength + maxSecretLength);
  const shown = withoutSecrets(printableLines(begun));
  const isWhole = begun.length === text.length && shown.length <= maxLength;
  return isWhole ? shown : `${shown.slice(0, maxLength)}… (${text.length} characters)`;
}

/** Does the same on one line. */
export function shownLine(text: string, maxLength: number): string {
  return printable(shownText(text, maxLength));
}
