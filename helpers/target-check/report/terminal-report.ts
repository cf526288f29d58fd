import { styleText } from 'node:util';
import { rateLimitText } from '../../api/answers/rate-limit-text.ts';
import { failuresText, verdictText } from './verdict-text.ts';
import type { CheckReport, PlacedMisfit, ShownExchange, StepOutcome, StepReport } from './step-report.ts';

interface Look {
  readonly colour: boolean;
}

type Colour = Parameters<typeof styleText>[0];

const marks: Readonly<Record<StepOutcome, readonly [mark: string, colour: Colour]>> = {
  fits: ['✓', 'green'],
  misfit: ['✗', 'red'],
  failed: ['!', 'red'],
  'not-applicable': ['–', 'gray'],
  'not-reached': ['–', 'yellow'],
};

const painter =
  ({ colour }: Look) =>
  (style: Colour, text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;

const exchangeLines = ({ request, requestBody, outcome, answerBody, durationMs }: ShownExchange): string[] => [
  `${request}${requestBody === undefined ? '' : `  ${requestBody}`}`,
  `→ ${outcome}, ${durationMs} ms${answerBody === undefined ? '' : `  ${answerBody}`}`,
];

/** Returns a misfit as text: the line of the profile, and the advice. */
const misfitLines = ({ place, where, property, problem, suggestion }: PlacedMisfit): string[] => [
  ...(place ? [`${place.file}:${place.line}  ${place.text}${where === undefined ? '' : `  (${where})`}`] : []),
  `${place || property === undefined ? '' : `${property}: `}${problem}: ${suggestion}`,
];

/** Returns a step as text, with its requests and answers. */
export function stepText(
  { number, title, outcome, why, exchanges, misfits, failures, notes }: StepReport,
  look: Look,
): string {
  const paint = painter(look);
  const [mark, colour] = marks[outcome];
  const reason =
    why === undefined ? '' : outcome === 'not-reached' ? `: not reached, ${why}` : `: not applicable, ${why}`;
  return [
    `${paint(colour, mark)} ${String(number).padStart(2)} ${title}${paint('gray', reason)}`,
    ...exchanges.flatMap(exchangeLines).map((line) => paint('gray', `     ${line}`)),
    ...notes.map((note) => paint('gray', `     ${note}`)),
    ...failures.map(({ sentence }) => paint('red', `   ! ${sentence}`)),
    ...misfits.flatMap((misfit) =>
      misfitLines(misfit).map((line, index) =>
        paint(index === 0 ? 'yellow' : 'red', `   ${index === 0 ? '✗' : ' '} ${line}`),
      ),
    ),
  ].join('\n');
}

/** Returns the last lines of a check: how many steps fit, and where the reports are. */
export function closingText(report: CheckReport, reports: readonly string[]): string {
  const { steps } = report;
  const count = (outcome: StepOutcome): number => steps.filter((step) => step.outcome === outcome).length;
  const rest = [
    [count('not-applicable'), 'not applicable'],
    [count('not-reached'), 'not reached'],
  ].flatMap(([number, what]) => (number === 0 ? [] : [`, ${number ?? 0} ${what ?? ''}`]));
  return [
    ...failuresText(report),
    `${count('fits')} of ${steps.length} steps fit${rest.join('')}: ${verdictText(report)}`,
    ...(report.rateLimit ? [rateLimitText(report.rateLimit)] : []),
    reports.join(', '),
  ].join('\n');
}
