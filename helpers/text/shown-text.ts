import { printable, printableLines } from './printable.ts';
import { withoutSecrets } from './secrets.ts';

const maxSecretLength = 10_000;

/**
 * A text of unknown origin as it is shown to people: without secrets and control characters, and cut where it is long.
 *
 * @param most characters that are kept.
 */
export function shownText(text: string, most: number): string {
  // What is far too long is cut first, and not searched through; a secret that the cut splits is still whole then.
  const begun = text.slice(0, most + maxSecretLength);
  const shown = withoutSecrets(printableLines(begun));
  const isWhole = begun.length === text.length && shown.length <= most;
  return isWhole ? shown : `${shown.slice(0, most)}… (${text.length} characters)`;
}

/** The same in one line. */
export function shownLine(text: string, most: number): string {
  return printable(shownText(text, most));
}
