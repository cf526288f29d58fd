import { z } from 'zod';
import { deviationSchema, type Deviation } from '../../findings/deviations/deviation.ts';
import { signatureText } from '../../findings/grouping/signature.ts';
import { describeExchange, type Exchange } from '../../api/answers/exchange.ts';

/** Answers that broke one promise in one way: how many, and the first of them. */
export const brokenPromiseSchema = z.object({
  promise: z.string(),
  /** The first of them. */
  deviation: deviationSchema,
  count: z.number().int().positive(),
  /** Requests and answers of the first time. */
  sample: z.string(),
});

export type BrokenPromise = z.infer<typeof brokenPromiseSchema>;

const maxWays = 20;
const maxSampleLength = 10_000;

/** Returns a text without its numbers: two deviations that differ in nothing else are one. */
export const shapeOf = (text: string): string => text.replace(/[+-]?\d[\d,.]*/g, '#');

const answerOf = ({ name, outcome, response, refusal }: Exchange): string =>
  [name, outcome, response?.status, refusal?.code].join(' ');

/** Broken promises of answers, the same way of breaking one counted once; in a size that does not grow with their number. */
export class BrokenPromises {
  readonly #ways = new Map<string, BrokenPromise>();

  add(deviation: Deviation, promise: string, exchanges: readonly Exchange[]): void {
    const own = [signatureText(deviation), shapeOf(promise), ...exchanges.map(answerOf)].join('\n');
    // Whoever breaks promises in ever new ways must not fill the memory.
    const key = this.#ways.has(own) || this.#ways.size < maxWays ? own : 'other ways';
    const known = this.#ways.get(key);
    if (known) {
      known.count += 1;
      return;
    }
    const sample = exchanges.map(describeExchange).join('\n').slice(0, maxSampleLength);
    this.#ways.set(key, { promise, deviation, count: 1, sample });
  }

  get all(): BrokenPromise[] {
    return [...this.#ways.values()];
  }
}

/** Merges the broken promises of several parts of a run, the most frequent ones first. */
export function mergeBroken(all: readonly BrokenPromise[]): BrokenPromise[] {
  const merged = new Map<string, BrokenPromise>();
  for (const broken of all) {
    const key = shapeOf(
      `${signatureText(broken.deviation)}\n${broken.promise}\n${broken.sample.replace(/\{.*\}|load-[\w-]+/g, '')}`,
    );
    const known = merged.get(key);
    merged.set(key, known ? { ...known, count: known.count + broken.count } : broken);
  }
  return [...merged.values()].sort((one, other) => other.count - one.count);
}
