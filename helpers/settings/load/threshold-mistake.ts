import { distance } from 'fastest-levenshtein';
import { isMetricName, metricDefinitions } from './metrics.ts';
import type { Threshold } from './thresholds.ts';

const aggregations = {
  trend: { known: /^(?:avg|min|med|max|p\()/, said: 'avg, min, med, max and p(95)' },
  rate: { known: /^rate/, said: 'rate' },
  counter: { known: /^(?:count|rate)/, said: 'count and rate' },
} as const;

/** Explains what keeps thresholds from ever being measured, as what is allowed instead; `undefined` if they can be. */
export function thresholdMistake(thresholds: readonly Threshold[]): string | undefined {
  for (const { metric, expression } of thresholds) {
    if (!isMetricName(metric)) {
      const names = Object.keys(metricDefinitions);
      const [nearest = ''] = names.toSorted((one, other) => distance(one, metric) - distance(other, metric));
      const meant = distance(nearest, metric) <= 4 ? ` (did you mean ${nearest}?)` : '';
      return `thresholds on metrics that a load run has; ${metric} is none${meant}: ${names.join(', ')}`;
    }
    const { type } = metricDefinitions[metric];
    const { known, said } = aggregations[type];
    if (!known.test(expression)) return `for ${metric}, which is a ${type}: ${said}; it has no ${expression}`;
  }
  return undefined;
}
