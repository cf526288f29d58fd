import { loadSummarySchema, type LoadSummary } from '../measure/load-summary.ts';
import { isRecord } from '../../text/json.ts';
import { printable } from '../../text/printable.ts';

const cleaned = (value: unknown): unknown => {
  if (typeof value === 'string') return printable(value);
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [printable(name), cleaned(member)]));
};

/**
 * Returns the summary with every text and name in it printable, each as one line. Cleaning all of it at once leaves no
 * field to be forgotten where it is printed.
 */
export function printableSummary(summary: LoadSummary): LoadSummary {
  return loadSummarySchema.parse(cleaned(summary));
}
