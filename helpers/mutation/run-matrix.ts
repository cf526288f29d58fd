import { faults } from '../../fixtures/shops/reference/faults/all-faults.ts';
import { variants } from '../../fixtures/shops/reference/variants/all-variants.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { UserError } from '../text/user-error.ts';
import type { MatrixOptions } from './matrix-options.ts';
import { accusation, faultWord, type FaultResult, type MatrixResult, type VariantResult } from './matrix-result.ts';
import type { Trial } from './trial.ts';
import { tryFaults } from './try-fault.ts';
import { tryVariants } from './try-variants.ts';
import { variantShops } from './variant-shops.ts';

const isChosen = ({ only, family, races }: MatrixOptions, name: string, ofFamily: string, race: boolean): boolean =>
  (only.length === 0 || only.includes(name)) && (family === undefined || family === ofFamily) && (!races || race);

const inParallel = async (
  jobs: number,
  tasks: readonly (() => Promise<void>)[],
  signal: AbortSignal,
): Promise<void> => {
  const queue = tasks.values();
  const worker = async (): Promise<void> => {
    for (const task of queue) {
      if (signal.aborted) return;
      await task();
    }
  };
  await Promise.all(Array.from({ length: jobs }, worker));
};

const mostFaultsAtOnce = 8;

/** Deals items into hands of at most so many. Neighbours, which are alike and may all end in a time-out, part. */
const dealt = <Item>(items: readonly Item[], most: number): Item[][] => {
  const hands = Math.ceil(items.length / most);
  return Array.from({ length: hands }, (_, hand) => items.filter((_item, nth) => nth % hands === hand));
};

/**
 * Tries what is chosen, several at once, each with its own shop and database, and prints a line for each.
 *
 * @throws UserError when nothing is chosen.
 */
export async function runMatrix(
  options: MatrixOptions,
  server: DatabaseSettings,
  signal: AbortSignal,
): Promise<MatrixResult> {
  const results: { faults: FaultResult[]; variants: VariantResult[] } = { faults: [], variants: [] };
  const notTried: string[] = [];
  const { allKillers, workers } = options;
  const chosenVariants = variants.filter(({ name }) => isChosen(options, name, 'variants', false));
  const chosenFaults = faults.filter(({ name, family, race }) => isChosen(options, name, family, race));
  const total = options.repeat * (chosenVariants.length + chosenFaults.length);
  if (total === 0) throw new UserError('Nothing is chosen: see npm run shop -- --list-faults for the names.');
  let done = 0;
  const report = (line: string): void => {
    done += 1;
    console.log(`[${String(done).padStart(String(total).length)}/${total}] ${line}`);
  };
  const trialOf = (name: string, round: number): Trial => ({
    ...{ name: `${name}-${round}`, server, workers, allKillers, signal },
  });
  const rounds = Array.from({ length: options.repeat }, (_, round) => round);
  const faultTrials = rounds.flatMap((round) =>
    chosenFaults.map((fault) => ({ fault, trial: trialOf(fault.name, round) })),
  );
  // As many as fill a run, but no run with many while others have none.
  const atOnce = Math.min(mostFaultsAtOnce, Math.ceil(faultTrials.length / options.jobs));
  const tasks = [
    ...rounds.flatMap((round) =>
      variantShops(chosenVariants, options.apart).map(
        (shop) => () =>
          tryVariants(
            shop,
            (name) => trialOf(name, round),
            (result) => {
              results.variants.push(result);
              report(result.green ? `green     ${result.name}` : `ACCUSED   ${accusation(result)}`);
            },
          ),
      ),
    ),
    ...dealt(faultTrials, allKillers ? 1 : atOnce).map(
      (trials) => () =>
        tryFaults(trials, (result) => {
          results.faults.push(result);
          report(`${faultWord(result)}  ${result.name}  ${result.killedBy[0] ?? ''}`);
        }),
    ),
  ];
  const reported = tasks.map((task) => async () => {
    try {
      await task();
    } catch (error) {
      // A run that was stopped has no result, and one whose shop does not start; the others are still worth a table.
      if (signal.aborted) return;
      const why = error instanceof Error ? error.message : String(error);
      notTried.push(why);
      console.log(`NOT TRIED ${why}`);
    }
  });
  await inParallel(options.jobs, reported, signal);
  const order = (one: { name: string }, other: { name: string }): number => one.name.localeCompare(other.name);
  const killed = results.faults.filter((fault) => fault.killed).length;
  return {
    faults: results.faults.toSorted(order),
    variants: results.variants.toSorted(order),
    score: { killed, total: faultTrials.length },
    notTried,
  };
}
