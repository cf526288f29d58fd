import { groupedBy } from '../../../text/words/grouped-by.ts';
import { alignedTable } from './aligned-table.ts';
import { cpuMsOf, ownCpuMsOf, rateOf, type Figures, type Measurement } from '../measurement.ts';
import { shownNumber } from './shown-numbers.ts';

const head = [
  'driver',
  'iterations',
  'iterations/s',
  'CPU ms/iteration',
  'of which load',
  'each further iteration',
  'peak MB',
] as const;

/**
 * Returns the CPU time of an iteration beyond those of a shorter run, in milliseconds: both contain the cost of start
 * and end.
 */
export function furtherCpuMs(shorter: Figures | undefined, longer: Figures): number | undefined {
  if (shorter === undefined || shorter.iterations >= longer.iterations) return undefined;
  return ((longer.cpuSeconds - shorter.cpuSeconds) * 1000) / (longer.iterations - shorter.iterations);
}

/** Renders each driver in runs of growing length. */
export function lengthsTable(measurements: readonly Measurement[]): string {
  const drivers = groupedBy(measurements, ({ task }) => task.driver);
  const rows = [...drivers].flatMap(([driver, runs]) => {
    const measured = runs.flatMap(({ figures }) => figures ?? []);
    return measured.map((figures, index) => [
      driver,
      String(figures.iterations),
      shownNumber(rateOf(figures)),
      shownNumber(cpuMsOf(figures)),
      shownNumber(ownCpuMsOf(figures)),
      shownNumber(furtherCpuMs(measured[index - 1], figures)),
      shownNumber(figures.peakMemoryMb),
    ]);
  });
  return alignedTable(head, rows, 1);
}
