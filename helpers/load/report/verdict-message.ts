import type { LoadSummary } from '../measure/load-summary.ts';
import { printable } from '../../text/printable.ts';

/** Explains why a run did not pass: its reason, and every diagnosis with evidence and remedy. */
export function verdictMessage({ verdict, reason, diagnosis }: LoadSummary): string {
  const causes = diagnosis.flatMap(({ sentence, evidence, remedy }) => [
    `- ${sentence}`,
    ...evidence.map((line) => `    ${line}`),
    `    ${remedy}`,
  ]);
  return [`${verdict}: ${reason}`, ...causes].map(printable).join('\n');
}
