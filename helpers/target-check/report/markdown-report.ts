import { markdownCode, markdownTable, markdownText } from '../../text/markdown-text.ts';
import { rateLimitText } from '../../api/answers/rate-limit-text.ts';
import { times } from './verdict-text.ts';
import type { CheckReport, StepOutcome, StepReport } from './step-report.ts';

const marks: Readonly<Record<StepOutcome, string>> = {
  fits: '✓',
  misfit: '✗',
  failed: '! the API failed',
  'not-applicable': '– not applicable',
  'not-reached': '– not reached',
};

const exchangeCells = ({ exchanges }: StepReport): [request: string, answer: string] => {
  const last = exchanges.at(-1);
  if (!last) return ['', ''];
  const { request, requestBody = '', outcome, answerBody = '' } = last;
  const cell = (...parts: readonly string[]): string => parts.map(markdownCode).filter(Boolean).join(' ');
  return [cell(request, requestBody), cell(outcome, answerBody)];
};

const misfitCell = ({ why, misfits, failures, notes }: StepReport): string =>
  [
    ...(why === undefined ? [] : [markdownText(why)]),
    ...failures.map(({ sentence }) => markdownText(sentence)),
    ...misfits.map(({ place, where, problem, suggestion }) =>
      [
        ...(place
          ? [
              `${markdownCode(`${place.file}:${place.line}`)} ${markdownCode(place.text)}${where === undefined ? '' : ` (${markdownText(where)})`}`,
            ]
          : []),
        markdownText(`${problem}: ${suggestion}`),
      ].join('<br>'),
    ),
    ...notes.map(markdownText),
  ].join('<br>');

/** Returns the check as a table to paste; of several exchanges of a step, it shows the last. */
export function markdownReport(report: CheckReport): string {
  const { target, profile, baseUrl, database, steps, misfits, failures } = report;
  const rows = steps.map((step) => [
    String(step.number),
    markdownText(step.title),
    marks[step.outcome],
    ...exchangeCells(step),
    misfitCell(step),
  ]);
  return [
    `# Target check: ${markdownText(target)}`,
    '',
    `${misfits === 0 ? 'No misfit' : `${misfits} ${misfits === 1 ? 'misfit' : 'misfits'}`} between ${markdownCode(profile)} and ${markdownCode(baseUrl)}` +
      (database === undefined ? '.' : ` with the database ${markdownCode(database)}.`) +
      (failures === 0 ? '' : ` The API failed ${times(failures)}, which is no matter of the profile.`) +
      (report.rateLimit ? ` ${rateLimitText(report.rateLimit)}` : '') +
      (report.interrupted ? ' Interrupted before its end.' : ''),
    '',
    markdownTable(['#', 'step', '', 'request', 'answer', 'what to do'], rows, 'rlllll'),
    '',
  ].join('\n');
}
