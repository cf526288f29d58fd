import { counted } from '../../text/words/counted.ts';
import { fitColumns, foldColumns } from '../../text/terminal/fit-columns.ts';
import { painter } from '../../text/terminal/paint.ts';
import type { LoadSummary } from '../measure/load-summary.ts';
import { duration } from './figures.ts';
import { printableSummary } from './printable-summary.ts';

const columns = 110;
const maxMore = 3;

const verdictColours = { PASS: 'green', FAIL: 'red', INCONCLUSIVE: 'yellow', BLOCKED: 'yellow' } as const;
const severityColours = { critical: 'red', major: 'yellow', minor: 'dim' } as const;

/**
 * Renders the summary of a load run that is but one part of a run in at most six lines: its verdict, and what it found.
 * What is to be read first are the findings of the scenarios; everything else stands in the load report.
 */
export function briefSummary(untrusted: LoadSummary, { colour }: { colour: boolean }): string {
  const { verdict, reason, profile, iterations, requests, durationSeconds, findings, diagnosis, changes } =
    printableSummary(untrusted);
  const paint = painter(colour);
  const [first = '', ...others] = foldColumns(`${verdict}  ${reason}`, columns - 2, 2);
  const more = [
    ...findings.map(({ severity, sentence }) => ({ start: severity, sentence, of: severityColours[severity] })),
    ...diagnosis.map(({ cause, sentence }) => ({ start: cause, sentence, of: 'bold' as const })),
    ...(changes ?? []).map(({ sentence }) => ({ start: '!', sentence, of: 'yellow' as const })),
  ];
  const shown = more.length <= maxMore ? more : more.slice(0, maxMore - 1);
  const left = more.length - shown.length;
  return [
    paint('bold', `LOAD ${profile}`) +
      paint(
        'dim',
        `  ${counted(iterations, 'iteration')}, ${counted(requests, 'request')} in ${duration(durationSeconds)}`,
      ),
    `  ${paint(verdictColours[verdict], verdict)}${first.slice(verdict.length)}`,
    ...others.map((line) => `    ${line}`),
    ...shown.map(
      ({ start, sentence, of }) => `  ${paint(of, start)}  ${fitColumns(sentence, columns - start.length - 4)}`,
    ),
    ...(left > 0 ? [`  … and ${left} more: see the load report`] : []),
  ].join('\n');
}
