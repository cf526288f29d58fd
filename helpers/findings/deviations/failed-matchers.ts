import { stripVTControlCharacters } from 'node:util';
import type { FailedMatcher } from './expectation.ts';

/**
 * The matchers of the running test that have failed, by their text: an error that reaches the end of its test is text
 * and nothing else. Some of them were caught on the way, and mean nothing.
 */
const byText = new Map<string, FailedMatcher>();

/** Notes a failed matcher under the text of its error. */
export function noteFailedMatcher(text: string, failed: FailedMatcher): void {
  byText.set(stripVTControlCharacters(text), failed);
}

/** Returns the matcher whose failure an error's text shows, if it is one's. */
export function failedMatcherIn(error: string): FailedMatcher | undefined {
  const plain = stripVTControlCharacters(error);
  return [...byText].find(([text]) => plain.includes(text))?.[1];
}

/** Forgets those of the test before. */
export function forgetFailedMatchers(): void {
  byText.clear();
}
