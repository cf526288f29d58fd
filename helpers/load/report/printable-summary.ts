import { loadSummarySchema, type LoadSummary } from '../measure/load-summary.ts';
import { mapTexts } from '../../text/map-texts.ts';
import { printable } from '../../text/printable.ts';

/**
 * Returns the summary with every text and name in it printable, each as one line. Cleaning all of it at once leaves no
 * field to be forgotten where it is printed.
 */
export function printableSummary(summary: LoadSummary): LoadSummary {
  return loadSummarySchema.parse(mapTexts(summary, printable));
}
