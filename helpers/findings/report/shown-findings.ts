import { findingsSchema, type Findings } from '../grouping/finding.ts';
import { mapTexts } from '../../text/map-texts.ts';
import { printableLines } from '../../text/printable.ts';
import { withoutSecrets } from '../../text/secrets.ts';

/**
 * Returns findings as they may be shown: no text or name in them has secrets or control characters. Cleaning all of it
 * at once leaves no field to be forgotten.
 */
export function shownFindings(findings: Findings): Findings {
  return findingsSchema.parse(mapTexts(findings, (text) => withoutSecrets(printableLines(text))));
}
