import type { LoadSummary, Moment } from '../../measure/load-summary.ts';

/** A line or layer of a chart; one value for each moment, `null` where there is none. */
export interface ChartSeries {
  readonly label: string;
  /** Which colour of the palette it has, from 1. */
  readonly colour: number;
  readonly values: readonly (number | null)[];
  /** The axis it is read from. */
  readonly axis: 'left' | 'right';
}

/** A chart as the page draws it. */
export interface Chart {
  readonly id: string;
  readonly title: string;
  /** Unit of the values: `ms` is written as a time, others as a number; `decimals` are amounts in no unit that is known. */
  readonly unit: 'ms' | 'per second' | 'VUs' | 'refusals' | 'won' | 'decimals' | 'pieces';
  readonly kind: 'lines' | 'area' | 'steps' | 'stack';
  readonly series: readonly ChartSeries[];
  /** Text in its place when it has no series. */
  readonly empty: string;
}

/** More colours than that cannot be told apart. */
const maxCauses = 6;

/** Refusals are not to look like the throughput. */
const causeColours = [4, 3, 5, 1, 2, 6] as const;

interface Line {
  readonly label: string;
  readonly colour: number;
  readonly axis?: 'left' | 'right';
  readonly read: (moment: Moment) => number | undefined;
}

/** Rounds a value: finer than a chart can show is not worth its place on the page. */
const rounded = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 1000) / 1000;

const drawn = (moments: readonly Moment[], lines: readonly Line[]): ChartSeries[] =>
  lines
    .map(({ label, colour, axis = 'left', read }) => ({
      label,
      colour,
      axis,
      values: moments.map((moment) => rounded(read(moment))),
    }))
    .filter(({ values }) => values.some((value) => value !== null));

const causes = (moments: readonly Moment[]): ChartSeries[] => {
  const totals = new Map<string, number>();
  for (const { refusals } of moments) {
    for (const [cause, count] of Object.entries(refusals)) totals.set(cause, (totals.get(cause) ?? 0) + count);
  }
  const names = [...totals]
    .filter(([, total]) => total > 0)
    .toSorted(([, one], [, other]) => other - one)
    .map(([name]) => name);
  const own = names.length > maxCauses ? names.slice(0, maxCauses - 1) : names;
  const rest = names.slice(own.length);
  const sum =
    (members: readonly string[]) =>
    ({ refusals }: Moment): number =>
      members.reduce((total, name) => total + (refusals[name] ?? 0), 0);
  return drawn(moments, [
    ...own.map((name, index) => ({ label: name, colour: causeColours[index] ?? maxCauses, read: sum([name]) })),
    ...(rest.length > 0 ? [{ label: `${rest.length} other causes`, colour: maxCauses, read: sum(rest) }] : []),
  ]);
};

/**
 * Returns the charts of a run, in the order in which the page shows them; balance and stock only where they were
 * watched.
 */
export function reportCharts({ series: moments, momentSeconds, crashes = [], decimals = 0 }: LoadSummary): Chart[] {
  const whole = (amount: number | undefined): number | undefined => amount && amount / 10 ** decimals;
  const charts: readonly Chart[] = [
    {
      id: 'throughput',
      title: 'Throughput',
      unit: 'per second',
      kind: 'area',
      series: drawn(moments, [
        { label: 'requests/s', colour: 1, read: ({ requests }) => requests / momentSeconds },
        { label: 'iterations/s', colour: 2, read: ({ iterations }) => iterations / momentSeconds },
      ]),
      empty: 'No moment was recorded.',
    },
    {
      id: 'latency',
      title: 'Latency of successes',
      unit: 'ms',
      kind: 'lines',
      series: drawn(moments, [
        { label: 'p(99)', colour: 4, read: ({ n, p99 }) => (n === 0 ? undefined : p99) },
        { label: 'p(95)', colour: 3, read: ({ n, p95 }) => (n === 0 ? undefined : p95) },
        { label: 'p(50)', colour: 1, read: ({ n, p50 }) => (n === 0 ? undefined : p50) },
      ]),
      empty: 'Not measured: no request succeeded.',
    },
    {
      id: 'refusals',
      title: crashes.length === 0 ? 'Refusals by cause' : 'Refused, or left open by an outage',
      unit: 'refusals',
      kind: 'stack',
      series: causes(moments),
      empty: 'Nothing was refused.',
    },
    {
      id: 'vus',
      title: 'VUs',
      unit: 'VUs',
      kind: 'steps',
      series: drawn(moments, [{ label: 'VUs', colour: 5, read: ({ vus }) => vus }]),
      empty: 'No moment was recorded.',
    },
    {
      id: 'balance',
      title: 'Balance',
      unit: decimals === 0 ? 'won' : 'decimals',
      kind: 'lines',
      series: drawn(moments, [
        { label: 'lowest account', colour: 3, read: ({ balanceLowest }) => whole(balanceLowest) },
        { label: 'all accounts', colour: 1, axis: 'right', read: ({ balanceTotal }) => whole(balanceTotal) },
      ]),
      empty: '',
    },
    {
      id: 'stock',
      title: 'Stock',
      unit: 'pieces',
      kind: 'lines',
      series: drawn(moments, [
        { label: 'lowest product', colour: 3, read: ({ stockLowest }) => stockLowest },
        { label: 'all products', colour: 2, axis: 'right', read: ({ stockTotal }) => stockTotal },
      ]),
      empty: '',
    },
  ];
  // Balance and stock are left out without a word: where the tables are not read, there is nothing to miss.
  return charts.filter(({ series, empty }) => series.length > 0 || empty !== '');
}
