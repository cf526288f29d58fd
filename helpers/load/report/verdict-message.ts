import type { LoadSummary } from '../measure/load-summary.ts';
import { printable } from '../../text/printable.ts';

/** Explains why a run did not pass: its reason, and every diagnosis with evidence and remedy. */
export function verdictMessage({ verdict, reason, diagnosis, changes = [] }: LoadSummary): string {
  const causes = diagnosis.flatMap(({ sentence, evidence, remedy }) => [
    `- ${sentence}`,
    ...evidence.map((line) => `    ${line}`),
    `    ${remedy}`,
  ]);
  const warnings = changes.map(({ sentence }) => `- Warning: ${sentence}`);
  return [`${verdict}: ${reason}`, ...causes, ...warnings].map(printable).join('\n');
}
