import { ranWithoutDatabase } from '../../audit/load-ledger.ts';
import type { LoadLedger, LoadSummary, Metric, Moment } from '../../measure/load-summary.ts';
import { markdownCode } from '../../../text/markdown-text.ts';
import { metricGroups, trendStatistics } from '../metric-groups.ts';
import { refusalName } from '../refusal-name.ts';

/** A figure of two runs; absent where it was not measured. */
export interface Figure {
  /** As Markdown. */
  readonly name: string;
  /** `share`: from 0 to 1. */
  readonly unit: 'count' | 'share' | 'ms' | 's' | '/s' | 'won' | 'pieces' | 'MB';
  /** Digits behind the decimal point of amounts, where they have any. */
  readonly decimals?: number | undefined;
  readonly before: number | undefined;
  readonly after: number | undefined;
}

type Reader = (summary: LoadSummary) => number | undefined;
type Source = readonly [name: string, unit: Figure['unit'], read: Reader];

/** The figures of two runs by what they are figures of. */
interface ComparedFigures {
  readonly run: readonly Figure[];
  readonly metrics: readonly Figure[];
  readonly refusals: readonly Figure[];
  readonly lowest: readonly Figure[];
  readonly budget: readonly Figure[];
  readonly ledger: readonly Figure[];
  readonly driver: readonly Figure[];
}

const run: readonly Source[] = [
  ['iterations', 'count', ({ iterations }) => iterations],
  ['requests', 'count', ({ requests }) => requests],
  ['duration', 's', ({ durationSeconds }) => durationSeconds],
  ['VUs (max)', 'count', ({ vusMax }) => vusMax],
];

const lowestOf =
  (read: (moment: Moment) => number | undefined): Reader =>
  ({ series }) => {
    const values = series.map(read).filter((value) => value !== undefined);
    return values.length === 0 ? undefined : Math.min(...values);
  };

const lowest: readonly Source[] = [
  ['lowest balance', 'won', lowestOf(({ balanceLowest }) => balanceLowest)],
  ['lowest stock', 'pieces', lowestOf(({ stockLowest }) => stockLowest)],
];

const budget: readonly Source[] = [
  ['expected payments', 'count', (summary) => summary.budget?.expectedPayments],
  ['needed per account', 'won', (summary) => summary.budget?.neededPerAccount],
  ['there per account at the start', 'won', (summary) => startOf(summary, 'neededPerAccount', 'lowestBalance')],
  ['needed per product', 'pieces', (summary) => summary.budget?.neededPerProduct],
  ['there per product at the start', 'pieces', (summary) => startOf(summary, 'neededPerProduct', 'lowestStock')],
];

/** Returns what every account or product had at least: the need, where that was seeded, or what the lowest had. */
const startOf = (
  { budget: found }: LoadSummary,
  needed: 'neededPerAccount' | 'neededPerProduct',
  lowestThere: 'lowestBalance' | 'lowestStock',
): number | undefined => (found?.seeded ? found[needed] : found?.[lowestThere]);

const audited =
  (read: (ledger: LoadLedger) => number): Reader =>
  ({ ledger: found }) =>
    found.audited ? read(found) : undefined;

// The answers alone say what was paid where there are no tables to be audited.
const answered =
  (read: (ledger: LoadLedger) => number): Reader =>
  ({ ledger: found }) =>
    found.audited || ranWithoutDatabase(found) ? read(found) : undefined;

const ledger: readonly Source[] = [
  ['payments in the tables', 'count', audited(({ paymentsInTables }) => paymentsInTables)],
  ['payments answered', 'count', answered(({ paymentsAnswered }) => paymentsAnswered)],
  ['lost answers resolved', 'count', answered(({ unknownResolved }) => unknownResolved)],
  ['lost answers left open', 'count', answered(({ unknownLeft }) => unknownLeft)],
  ['deviations in the tables', 'count', audited(({ problems }) => problems.length)],
];

const driver: readonly Source[] = [
  ['CPU', 's', (summary) => summary.driver.cpuSeconds],
  ['CPU per iteration', 'ms', (summary) => summary.driver.cpuMsPerIteration],
  ['peak memory', 'MB', (summary) => summary.driver.maxRssMb],
];

const metricSources = (name: string, metric: Metric): readonly Source[] => {
  const title = markdownCode(name);
  const read =
    (reader: (metric: Metric) => number | undefined): Reader =>
    ({ metrics }) => {
      const measured = metrics[name];
      return measured === undefined || measured.n === 0 ? undefined : reader(measured);
    };
  switch (metric.type) {
    case 'trend':
      return trendStatistics.map(({ label, key }) => [
        `${title} ${label}`,
        metric.unit ?? 'ms',
        read((measured) => (measured.type === 'trend' ? measured[key] : undefined)),
      ]);
    case 'rate':
      return [[title, 'share', read((measured) => (measured.type === 'rate' ? measured.rate : undefined))]];
    case 'counter':
      // A counter that nothing was added to is measured: it is 0.
      return [
        [title, 'count', ({ metrics }) => (metrics[name]?.type === 'counter' ? metrics[name].count : undefined)],
        [`${title} rate`, '/s', ({ metrics }) => (metrics[name]?.type === 'counter' ? metrics[name].rate : undefined)],
      ];
  }
};

const refusalSources = (name: string): readonly Source[] => {
  const sum =
    (key: 'count' | 'share'): Reader =>
    ({ refusals }) =>
      refusals.reduce((total, refusal) => (refusalName(refusal) === name ? total + refusal[key] : total), 0);
  return [
    [markdownCode(name), 'count', sum('count')],
    [`${markdownCode(name)} share`, 'share', sum('share')],
  ];
};

/** Returns every figure that two runs, or one of them, have. */
export function comparedFigures(before: LoadSummary, after: LoadSummary): ComparedFigures {
  const figures = (sources: readonly Source[]): Figure[] =>
    sources.map(([name, unit, read]) => ({
      ...{ name, unit, before: read(before), after: read(after) },
      ...(unit === 'won' && { decimals: after.decimals }),
    }));
  const known = (sources: readonly Source[]): Figure[] =>
    figures(sources).filter((figure) => figure.before !== undefined || figure.after !== undefined);
  const types = new Map([...Object.entries(before.metrics), ...Object.entries(after.metrics)]);
  const others = [before, after].flatMap((summary) => metricGroups(summary).others.map(({ name }) => name));
  const counts = [...new Set(others)].filter((name) => !types.has(name));
  const refusals = new Set([...before.refusals, ...after.refusals].map(refusalName));
  return {
    run: figures(run),
    metrics: figures([
      ...[...types]
        .toSorted(([one], [other]) => one.localeCompare(other, 'en'))
        .flatMap(([name, metric]) => metricSources(name, metric)),
      ...counts.map((name): Source => [markdownCode(name), 'count', (summary) => summary.counters[name]]),
    ]),
    refusals: figures([...refusals].flatMap(refusalSources)),
    lowest: figures(lowest),
    budget: known(budget),
    ledger: known(ledger),
    driver: figures(driver),
  };
}
