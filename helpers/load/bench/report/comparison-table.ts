import { groupedBy } from '../../../text/words/grouped-by.ts';
import { alignedTable } from './aligned-table.ts';
import { cpuMsOf, ownCpuMsOf, rateOf, type DriverName, type Figures, type Measurement } from '../measurement.ts';
import { pairRatios } from '../pair-ratios.ts';
import { nothing, shownSpread } from './shown-numbers.ts';
import { spreadOf } from '../spread.ts';

const head = [
  'VUs',
  'driver',
  'iterations/s',
  'CPU ms/iteration',
  'of which load',
  'peak MB',
  'CPU ÷ k6',
  'load ÷ k6',
] as const;

const row = (ours: readonly Measurement[], k6: readonly Measurement[], driver: DriverName, vus: number): string[] => {
  const spread = (read: (figures: Figures) => number | undefined): string =>
    shownSpread(spreadOf(ours.flatMap(({ figures }) => (figures && read(figures)) ?? [])));
  const ratio = (read: (figures: Figures) => number | undefined): string =>
    driver === 'k6' ? nothing : shownSpread(pairRatios(ours, k6, { ours: read, theirs: cpuMsOf }));
  return [
    String(vus),
    driver,
    spread(rateOf),
    spread(cpuMsOf),
    spread(ownCpuMsOf),
    spread(({ peakMemoryMb }) => peakMemoryMb),
    ratio(cpuMsOf),
    ratio(ownCpuMsOf),
  ];
};

/** Renders the drivers next to each other at each number of VUs: medians with their ends. */
export function comparisonTable(measurements: readonly Measurement[]): string {
  const groups = groupedBy(measurements, ({ task }) => task.vus);
  const rows = [...groups].flatMap(([vus, group]) => {
    const drivers = groupedBy(group, ({ task }) => task.driver);
    return [...drivers].map(([driver, runs]) => row(runs, drivers.get('k6') ?? [], driver, vus));
  });
  return alignedTable(head, rows, 2);
}
