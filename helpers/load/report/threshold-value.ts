import type { LoadSummary, ThresholdResult } from '../measure/load-summary.ts';
import { fixed, notMeasured, plain } from './figures.ts';

const aggregate = /^\s*(?<name>[a-z]+)/;

/**
 * Formats the measured value of a threshold in the unit of its metric: milliseconds of a trend (`812.43 ms`), or seconds, per cent
 * of a rate (`98.9 %`), a number of a counter.
 */
export function thresholdValue({ metrics }: LoadSummary, { metric, expression, value }: ThresholdResult): string {
  if (value === undefined) return notMeasured;
  const untagged = metric.replace(/\{.*$/s, '');
  const measured = metrics[metric] ?? metrics[untagged];
  switch (measured?.type) {
    case 'trend':
      return aggregate.exec(expression)?.groups?.name === 'count'
        ? plain(value)
        : `${fixed(value)} ${measured.unit ?? 'ms'}`;
    case 'rate':
      // Finer than elsewhere: rounded to the bound, a value would seem to be on its other side.
      return `${(value * 100).toLocaleString('en-US', { maximumFractionDigits: 4 })} %`;
    case 'counter':
    case undefined:
      return plain(value);
  }
}
