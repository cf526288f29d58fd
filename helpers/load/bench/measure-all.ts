import { cpuMsOf, ownCpuMsOf, rateOf, type Figures, type Measurement, type DriverTask } from './measurement.ts';
import { vusOfLengths, type BenchOptions } from './bench-options.ts';
import { shownNumber } from './report/shown-numbers.ts';

/** A run that is still to be made. */
interface PlannedRun {
  readonly task: DriverTask;
  readonly round: number;
}

/** Plans the runs of the comparison: the drivers in turn, so that those of one round lie close together. */
export function plannedComparison({ drivers, vus, iterations, rounds }: BenchOptions): PlannedRun[] {
  return vus.flatMap((users) =>
    Array.from({ length: rounds }, (_, index) => index + 1).flatMap((round) =>
      drivers.map((driver) => ({ task: { driver, vus: users, iterations }, round })),
    ),
  );
}

/** Plans the runs of growing length. */
export function plannedLengths({ drivers, lengths }: BenchOptions): PlannedRun[] {
  return lengths.flatMap((iterations) =>
    drivers.map((driver) => ({ task: { driver, vus: vusOfLengths, iterations }, round: 1 })),
  );
}

const describe = (figures: Figures): string => {
  const own = ownCpuMsOf(figures);
  return [
    `${shownNumber(rateOf(figures))}/s`,
    `${shownNumber(cpuMsOf(figures))} ms CPU/iteration${own === undefined ? '' : ` (load ${shownNumber(own)})`}`,
    `${shownNumber(figures.peakMemoryMb)} MB`,
  ].join(', ');
};

/**
 * Makes one run after the other and says how each went; a run that fails is not the end of the others.
 *
 * @param run makes one.
 * @param write is told the beginning of a line when a run begins, and its end when it has ended.
 * @returns those that were made before the signal came.
 */
export async function measureAll(
  planned: readonly PlannedRun[],
  run: (task: DriverTask) => Promise<Figures>,
  write: (text: string) => void,
  signal: AbortSignal,
): Promise<Measurement[]> {
  const measurements: Measurement[] = [];
  const isStopped = (): boolean => signal.aborted;
  for (const [index, { task, round }] of planned.entries()) {
    if (isStopped()) break;
    const place = String(index + 1).padStart(String(planned.length).length);
    write(`[${place}/${planned.length}] ${task.driver.padEnd(10)} ${task.vus} VUs, ${task.iterations} iterations: `);
    try {
      const figures = await run(task);
      measurements.push({ task, round, figures });
      write(`${describe(figures)}\n`);
    } catch (error) {
      if (isStopped()) {
        write('stopped\n');
        break;
      }
      const failure = error instanceof Error ? error.message : String(error);
      measurements.push({ task, round, failure });
      write(`FAILED: ${failure}\n`);
    }
  }
  return measurements;
}
