import type { Metric, ThresholdResult } from '../measure/load-summary.ts';

/** A condition on a metric. @example { metric: 'http_req_duration', expression: 'p(95)<1000' } */
export interface Threshold {
  readonly metric: string;
  readonly expression: string;
}

const expressionPattern =
  /^(avg|min|max|med|count|rate|p\(\d{1,2}(?:\.\d+)?\))\s*(<=|>=|===|==|!=|<|>)\s*(-?\d+(?:\.\d+)?)$/;

/**
 * Reads thresholds as `LOAD_THRESHOLDS` gives them, in the expressions of k6.
 *
 * @example parseThresholds('http_req_duration:p(95)<1000; errors:rate<0.1')
 * @returns undefined when one of them is none.
 */
export function parseThresholds(text: string): readonly Threshold[] | undefined {
  const thresholds = text
    .split(/[;,]/)
    .filter((part) => part.trim())
    .map((part) => {
      const [, metric = '', expression = ''] = /^\s*(\w+)\s*:\s*(.+?)\s*$/.exec(part) ?? [];
      return { metric, expression: expression.replace(/\s+/g, '') };
    });
  return thresholds.every(({ metric, expression }) => metric && expressionPattern.test(expression))
    ? thresholds
    : undefined;
}

/** An expression in its parts: what is aggregated how, and what it is held against. */
interface ThresholdExpression {
  /** @example 'p(95)' */
  readonly aggregation: string;
  readonly operator: string;
  /** In the unit of the metric. */
  readonly bound: number;
}

/**
 * Splits an expression into its parts.
 *
 * @param expression as `parseThresholds` takes it; the parts of anything else are empty.
 */
export function expressionParts(expression: string): ThresholdExpression {
  const [, aggregation = '', operator = '', bound = ''] = expressionPattern.exec(expression) ?? [];
  return { aggregation, operator, bound: Number(bound) };
}

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
