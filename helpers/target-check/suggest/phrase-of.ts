import { withoutData } from '../../refusals/cause-said-in.ts';

const shortestPhrase = 4;

/** Returns the longest piece of a message without data in it: it can tell a refusal from others. */
export function phraseOf(message: string | undefined): string | undefined {
  const pieces = withoutData(message ?? '')
    .split(/[\d"'“”:;.!?,\n]+/)
    .map((piece) => piece.trim());
  const [longest] = pieces.toSorted((one, other) => other.length - one.length);
  return longest !== undefined && longest.length >= shortestPhrase ? longest : undefined;
}
