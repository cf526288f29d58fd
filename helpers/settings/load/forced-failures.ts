import { didYouMean } from '../../text/words/name-similarity.ts';
import { describeDuration, parseDuration } from './duration.ts';

/** What is killed and started in a load run. */
export type Killed = 'api' | 'database';

/** Something that is done to the target in the midst of a load run. */
export interface ForcedFailure {
  /** Since the beginning of the load. */
  readonly atMs: number;
  readonly does: 'kill' | 'start';
  readonly to: Killed;
}

const words = {
  'kill-api': { does: 'kill', to: 'api' },
  'start-api': { does: 'start', to: 'api' },
  'kill-database': { does: 'kill', to: 'database' },
  'start-database': { does: 'start', to: 'database' },
  'kill-db': { does: 'kill', to: 'database' },
  'start-db': { does: 'start', to: 'database' },
} as const;

const isWord = (word: string): word is keyof typeof words => Object.hasOwn(words, word);

const items = (text: string): readonly { readonly time: string; readonly word: string }[] =>
  text.split(',').map((part) => {
    const [time = '', word = '', ...rest] = part.trim().split(':');
    return { time, word: [word, ...rest].join(':').trim() };
  });

/**
 * Reads forced failures as `LOAD_FAULTS` gives them; those of one moment stay in their order.
 *
 * @example parseForcedFailures('30s:kill-api,45s:start-api')
 * @returns in the order of their time; what is wrong with the text otherwise, as what is allowed instead.
 */
export function parseForcedFailures(text: string): readonly ForcedFailure[] | string {
  const failures: ForcedFailure[] = [];
  for (const { time, word } of items(text)) {
    const atMs = parseDuration(time);
    if (atMs === undefined) return 'moments and what is done then, such as 30s:kill-api,45s:start-api';
    if (!isWord(word)) {
      const known = Object.keys(words);
      return `one of ${known.join(', ')} after each moment; ${JSON.stringify(word)} is none${didYouMean(word, known)}`;
    }
    failures.push({ atMs, ...words[word] });
  }
  failures.sort((one, other) => one.atMs - other.atMs);
  return mistakeIn(failures) ?? failures;
}

const mistakeIn = (failures: readonly ForcedFailure[]): string | undefined => {
  const down = new Map<Killed, ForcedFailure>();
  for (const failure of failures) {
    const { does, to } = failure;
    const earlier = down.get(to);
    if (does === 'start' && !earlier) return `a kill-${to} before ${said(failure)}, which starts what still runs`;
    if (does === 'kill' && earlier) return `a start-${to} between ${said(earlier)} and ${said(failure)}`;
    if (does === 'kill') down.set(to, failure);
    else down.delete(to);
  }
  const [left] = down.values();
  return (
    left && `a start-${left.to} after ${said(left)}, such as ${describeDuration(left.atMs + 15_000)}:start-${left.to}`
  );
};

const said = ({ atMs, does, to }: ForcedFailure): string => `${describeDuration(atMs)}:${does}-${to}`;

/** Returns forced failures for people: `kill api after 30s, start api after 45s`. */
export function describeForcedFailures(failures: readonly ForcedFailure[]): string {
  return failures.map(({ atMs, does, to }) => `${does} ${to} after ${describeDuration(atMs)}`).join(', ');
}
