import type { LoadSummary, Metric } from '../measure/load-summary.ts';
import { fixed, ms } from './figures.ts';

type Named<Type extends Metric['type']> = { readonly name: string } & Extract<Metric, { type: Type }>;

/** The metrics of a run by type, each with its name, in alphabetical order; then what else was counted. */
interface MetricGroups {
  readonly trends: readonly Named<'trend'>[];
  readonly rates: readonly Named<'rate'>[];
  readonly counters: readonly Named<'counter'>[];
  /** Counts that are no metric. */
  readonly others: readonly { readonly name: string; readonly count: number }[];
}

/** The statistics of a trend under k6's names. */
export const trendStatistics = [
  { label: 'avg', key: 'avg' },
  { label: 'min', key: 'min' },
  { label: 'med', key: 'med' },
  { label: 'p(90)', key: 'p90' },
  { label: 'p(95)', key: 'p95' },
  { label: 'p(99)', key: 'p99' },
  { label: 'max', key: 'max' },
] as const;

/** Formats a statistic of a trend: a plain number of milliseconds, `3.20 s`, or a dash where nothing was measured. */
export function trendValue(trend: Named<'trend'>, key: (typeof trendStatistics)[number]['key']): string {
  const value = trend[key];
  if (value === undefined) return '–';
  return trend.unit === 's' ? `${fixed(value)} s` : ms(value);
}

/** Sorts the metrics and counts of a run by type and name: each of them once. */
export function metricGroups({ metrics, counters }: LoadSummary): MetricGroups {
  const named = Object.entries(metrics)
    .map(([name, metric]) => ({ name, ...metric }))
    .toSorted((one, other) => one.name.localeCompare(other.name, 'en'));
  return {
    trends: named.filter((metric) => metric.type === 'trend'),
    rates: named.filter((metric) => metric.type === 'rate'),
    counters: named.filter((metric) => metric.type === 'counter'),
    others: Object.entries(counters)
      .filter(([name]) => !Object.hasOwn(metrics, name))
      .map(([name, count]) => ({ name, count })),
  };
}
