import { faults } from '../../fixtures/shops/reference/faults/all-faults.ts';
import { variants } from '../../fixtures/shops/reference/variants/all-variants.ts';
import { UserError } from '../text/user-error.ts';
import { controlTask } from './trials/control-task.ts';
import { FaultSearch } from './killers/fault-search.ts';
import { knownKillers } from './killers/known-killers.ts';
import type { MatrixOptions } from './matrix-options.ts';
import type { MatrixResult } from './matrix-result.ts';
import { MatrixTally } from './matrix-tally.ts';
import type { ShopHosts } from './hosts/shop-hosts.ts';
import { inBatches, runTasks, type Task } from './trials/task.ts';
import { variantTask } from './trials/try-variants.ts';
import { variantShops } from './trials/variant-shops.ts';

const isChosen = ({ only, family, races }: MatrixOptions, name: string, ofFamily: string, race: boolean): boolean =>
  (only.length === 0 || only.includes(name)) && (family === undefined || family === ofFamily) && (!races || race);

/**
 * Tries what is chosen and prints a line for each: in one run every shop of variants, in the next one what did not
 * apply there, and every fault with what has caught it before; then what that left open.
 *
 * @throws UserError when nothing is chosen, or even the correct shop fails.
 */
export async function runMatrix(options: MatrixOptions, hosts: ShopHosts, signal: AbortSignal): Promise<MatrixResult> {
  const { allKillers, apart, repeat, workers } = options;
  const rounds = Array.from({ length: repeat }, (_, round) => round);
  const chosenVariants = variants.filter(({ name }) => isChosen(options, name, 'variants', false));
  const chosenFaults = faults.filter(({ name, family, race }) => isChosen(options, name, family, race));
  if (chosenVariants.length + chosenFaults.length === 0) {
    throw new UserError('Nothing is chosen: see npm run shop -- --list-faults for the names.');
  }
  const tally = new MatrixTally({
    faults: repeat * chosenFaults.length,
    variants: repeat * chosenVariants.length,
  });
  const inVain = new AbortController();
  const run = (tasks: readonly Task[]): Promise<void> =>
    runTasks(tasks, { hosts, workers, signal: AbortSignal.any([signal, inVain.signal]) });

  let later: Task[] = [];
  const ofVariants = rounds
    .flatMap(() => variantShops(chosenVariants, apart))
    .map((shop) => variantTask(shop, { tally, later: (tasks) => later.push(...tasks) }));
  const searches = rounds.flatMap(() =>
    chosenFaults.map((fault) => new FaultSearch(fault, { allKillers, knownKiller: knownKillers[fault.name] })),
  );
  const ofFault = (search: FaultSearch, isBrief: boolean): Task => ({
    trial: {
      shop: { kind: 'fault', name: search.fault.name },
      target: search.fault.profile ?? 'reference',
      isBrief,
      ...search.next(),
    },
    onEnd: (outcome) => {
      search.add(outcome);
      if (search.isOver) search.tell(tally);
    },
  });

  const inRuns = <Item>(items: readonly Item[]): Item[][] => inBatches(items, hosts.maxShops);
  const known = allKillers ? [] : searches.map((search) => ofFault(search, true));
  const control = controlTask((error) => {
    inVain.abort(error);
  });
  const [together = known, ...further] = inRuns(ofVariants);
  await run([control, ...together]);
  if (inVain.signal.aborted) throw inVain.signal.reason;
  for (const batch of further) await run(batch);
  // What variants leave open is little: with the faults it is no run of its own.
  let beside = ofVariants.length > 0 ? known : [];
  while (beside.length + later.length > 0 && !signal.aborted) {
    const [first = [], ...others] = inRuns(later);
    const withFaults = [...first, ...beside];
    [later, beside] = [[], []];
    for (const batch of [withFaults, ...others]) await run(batch);
  }
  const left = (): FaultSearch[] => searches.filter(({ isOver }) => !isOver);
  while (left().length > 0 && !signal.aborted) {
    for (const batch of inRuns(left())) await run(batch.map((search) => ofFault(search, false)));
  }
  return tally.result();
}
