/** How often and for how long requests waited where the API answered 429. */
export interface RateLimited {
  readonly waits: number;
  readonly waitedMs: number;
}

/** The annotation of tests whose requests waited. */
export const rateLimitAnnotation = 'rate limit';

/** The annotation of tests that could not go on, and neither could any after them; its description says why. */
export const blockedAnnotation = 'blocked';

/** Returns the annotation of a test whose requests waited. */
export const rateLimitNote = ({ waits, waitedMs }: RateLimited): string =>
  `429 answered ${waits} times, waited ${Math.round(waitedMs)} ms in total`;

/** Returns what the annotations of several tests come to. */
export function sumOfNotes(descriptions: readonly string[]): RateLimited {
  const numbers = descriptions.map((text) => /^429 answered (\d+) times, waited (\d+) ms/.exec(text) ?? []);
  return {
    waits: numbers.reduce((sum, [, waits = '0']) => sum + Number(waits), 0),
    waitedMs: numbers.reduce((sum, [, , ms = '0']) => sum + Number(ms), 0),
  };
}
