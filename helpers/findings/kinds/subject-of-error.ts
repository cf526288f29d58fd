import { findsNoPayment } from '../deviations/assertion-in-words.ts';
import type { Subject } from '../deviations/deviation.ts';
import { remarkIn } from '../deviations/plain-difference.ts';

/** What the author of an assertion says of it, a colon after it. */
const remarks: readonly (readonly [pattern: RegExp, subject: Subject])[] = [
  [/\banswers a different balance: $/, 'answered-balances'],
  [/^message (?:for .* )?when English is requested: $/, 'language'],
  [/^the total of the order: $/, 'total'],
];

/**
 * Returns what a failed assertion is about that tells no more than its values. That is known from the text of its error
 * alone, which is read here, once: whoever groups deviations reads no text.
 */
export const subjectOfError = (error: string): Subject | undefined =>
  remarks.find(([pattern]) => pattern.test(remarkIn(error)))?.[1] ?? (findsNoPayment(error) ? 'no-payment' : undefined);
