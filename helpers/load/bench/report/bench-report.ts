import type { BenchResult, Machine } from '../bench-result.ts';
import { comparisonTable } from './comparison-table.ts';
import { lengthsTable } from './lengths-table.ts';
import type { Measurement } from '../measurement.ts';

const legend = `An iteration is four requests: an order, then three payments with one key, every answer checked, the second and third
payment byte for byte against the first. autocannon sends the same and checks the status alone. Figures are medians
(least–greatest); a ratio is of two runs of the same round.

- CPU ms/iteration: user and system time of all processes of the driver from their start to their end.
- of which load: what the driver counts itself while the load runs, without starting Playwright; \`load ÷ k6\` sets it
  against all of k6, whose start is short.
- peak MB: memory of all processes of the driver together.`;

const machineLine = ({ cores, cpu, node, k6, database }: Machine): string =>
  [`${cores} cores (${cpu})`, `Node ${node}`, k6 === undefined ? 'no k6' : `k6 ${k6}`, database].join(', ');

const failureLines = (measurements: readonly Measurement[]): string[] =>
  measurements.flatMap(({ task, round, failure }) =>
    failure === undefined
      ? []
      : [`- ${task.driver}, ${task.vus} VUs, ${task.iterations} iterations, round ${round}: ${failure}`],
  );

/** Renders the result as Markdown, to paste. */
export function benchReport({ machine, absent, comparison, lengths }: BenchResult): string {
  const failures = failureLines([...comparison, ...lengths]);
  const isAnyMeasured = (measurements: readonly Measurement[]): boolean =>
    measurements.some(({ figures }) => figures !== undefined);
  return [
    machineLine(machine),
    ...absent.map(
      (driver) => `Not measured: ${driver} is not on the PATH; \`npm run bench -- --help\` says how to get it.`,
    ),
    ...(isAnyMeasured(comparison) ? [comparisonTable(comparison)] : []),
    ...(isAnyMeasured(lengths) ? [lengthsTable(lengths)] : []),
    ...(failures.length > 0 ? [`Runs that came to nothing:\n\n${failures.join('\n')}`] : []),
    legend,
  ].join('\n\n');
}
