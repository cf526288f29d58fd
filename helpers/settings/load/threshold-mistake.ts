import { didYouMean } from '../../text/words/name-similarity.ts';
import { isMetricName, metricDefinitions } from './metrics.ts';
import type { Threshold } from './thresholds.ts';

const aggregations = {
  trend: { known: /^(?:avg|min|med|max|p\()/, said: 'avg, min, med, max and p(95)' },
  rate: { known: /^rate/, said: 'rate' },
  counter: { known: /^(?:count|rate)/, said: 'count and rate' },
} as const;

/** Returns what is allowed instead of a threshold that can never be measured; undefined if all of them can. */
export function thresholdMistake(thresholds: readonly Threshold[]): string | undefined {
  for (const { metric, expression } of thresholds) {
    if (!isMetricName(metric)) {
      const names = Object.keys(metricDefinitions);
      return `thresholds on metrics that a load run has; ${metric} is none${didYouMean(metric, names)}: ${names.join(', ')}`;
    }
    const { type } = metricDefinitions[metric];
    const { known, said } = aggregations[type];
    if (!known.test(expression)) return `for ${metric}, which is a ${type}: ${said}; it has no ${expression}`;
  }
  return undefined;
}
