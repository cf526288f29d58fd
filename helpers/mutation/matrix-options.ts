import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { faults } from '../../fixtures/shops/reference/faults/all-faults.ts';
import { variants } from '../../fixtures/shops/reference/variants/all-variants.ts';
import { UserError } from '../text/user-error.ts';
import { maxKillers } from './killers/fault-search.ts';
import { workersThatWait } from './waiting-scenarios.ts';

/** What is to be tried, and how. */
export interface MatrixOptions {
  readonly help: boolean;
  /** Names of faults and variants; none: all. */
  readonly only: readonly string[];
  readonly family?: string;
  /** Only faults that show under concurrency. */
  readonly races: boolean;
  /** How often everything is tried. */
  readonly repeat: number;
  readonly allKillers: boolean;
  /** Each variant in a shop of its own. */
  readonly apart: boolean;
  /** Playwright workers, beside those for scenarios that wait. */
  readonly workers: number;
}

const families: readonly string[] = [...new Set(faults.map(({ family }) => family)), 'variants'];

/** A scenario often waits, at a gate above all. */
const defaultWorkers = availableParallelism() * 2;

export const matrixHelp = `Usage: npm run faults [-- options]

Runs the scenarios against every fault of the bundled shop, each of which some scenario must catch, and against every
allowed variant, which no scenario may accuse. Writes test-results/faults.json; exit code 0 only at full score.

  --only=NAME     this fault or variant alone; may be given several times
  --family=NAME   only the faults of a family, or only the variants: ${families.join(', ')}
  --races         only the faults that show under concurrency
  --repeat=N      everything N times (default 1)
  --all-killers   go on after the first failure, to list the scenarios that catch a fault (at most ${maxKillers}; all for
                  a race), to say which scenario alone catches what
  --apart         every variant in a shop of its own; small ones share one otherwise, and are tried alone only when it
                  is accused
  --workers=N     Playwright workers (default ${defaultWorkers}); ${workersThatWait} more for scenarios that wait
`;

const wholeNumber = (option: string, text: string): number => {
  const value = Number(text);
  if (Number.isInteger(value) && value > 0) return value;
  throw new UserError(`--${option} is ${JSON.stringify(text)}, allowed is a whole number from 1.`);
};

/**
 * Reads the command line.
 *
 * @throws Error when an option is unknown; UserError that says what is allowed.
 */
export function parseMatrixOptions(args: readonly string[]): MatrixOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      only: { type: 'string', multiple: true, default: [] },
      family: { type: 'string' },
      races: { type: 'boolean', default: false },
      repeat: { type: 'string', default: '1' },
      apart: { type: 'boolean', default: false },
      'all-killers': { type: 'boolean', default: false },
      workers: { type: 'string', default: String(defaultWorkers) },
    },
  });
  const { help, only, family, races } = values;
  const names = [...faults, ...variants].map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw new UserError(
      `--only is "${unknown}", but no fault and no variant has that name: see npm run shop -- --list-faults.`,
    );
  }
  if (family !== undefined && !families.includes(family)) {
    throw new UserError(`--family is "${family}", allowed are ${families.join(', ')}.`);
  }
  return {
    help,
    only,
    ...(family !== undefined && { family }),
    races,
    repeat: wholeNumber('repeat', values.repeat),
    allKillers: values['all-killers'],
    apart: values.apart,
    workers: wholeNumber('workers', values.workers),
  };
}
