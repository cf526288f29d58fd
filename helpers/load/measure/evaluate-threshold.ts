import { expressionParts, type Threshold } from '../../settings/load/thresholds.ts';
import type { Metric, ThresholdResult } from './load-summary.ts';

/** A trend's value below which a share of its samples lie. */
type PercentileOf = (metric: string, percentile: number) => number | undefined;

const valueOf = (name: string, metric: Metric, aggregation: string, percentileOf: PercentileOf): number | undefined => {
  switch (metric.type) {
    case 'counter':
      return aggregation === 'count' ? metric.count : aggregation === 'rate' ? metric.rate : undefined;
    case 'rate':
      return aggregation === 'rate' ? metric.rate : undefined;
    case 'trend': {
      const percentile = /^p\((.+)\)$/.exec(aggregation)?.[1];
      if (percentile !== undefined) return percentileOf(name, Number(percentile));
      const { avg, min, med, max } = metric;
      const values: Readonly<Record<string, number | undefined>> = { avg, min, med, max };
      return values[aggregation];
    }
  }
};

const holds = (value: number, operator: string, bound: number): boolean => {
  switch (operator) {
    case '<':
      return value < bound;
    case '<=':
      return value <= bound;
    case '>':
      return value > bound;
    case '>=':
      return value >= bound;
    case '!=':
      return value !== bound;
    default:
      return value === bound;
  }
};

/** Holds a threshold against what was measured; without samples it is neither passed nor failed. */
export function evaluateThreshold(
  { metric: name, expression }: Threshold,
  metrics: Readonly<Record<string, Metric>>,
  percentileOf: PercentileOf,
): ThresholdResult {
  const { aggregation, operator, bound } = expressionParts(expression);
  const metric = metrics[name];
  const value = metric && metric.n > 0 ? valueOf(name, metric, aggregation, percentileOf) : undefined;
  const n = metric?.n ?? 0;
  if (value === undefined) return { metric: name, expression, n, result: 'not measured' };
  return { metric: name, expression, value, n, result: holds(value, operator, bound) ? 'pass' : 'fail' };
}
