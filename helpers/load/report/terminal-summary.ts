import { counted } from '../../text/words/counted.ts';
import { painter, type Paint } from '../../text/terminal/paint.ts';
import { alike } from '../diagnosis/alike.ts';
import type { LoadSummary } from '../measure/load-summary.ts';
import { alignedRows } from '../../text/terminal/aligned-rows.ts';
import { crashLines } from './crash-lines.ts';
import { duration, fixed, notMeasured, percent, perSecond, plain } from './figures.ts';
import { metricGroups, trendStatistics, trendValue } from './metric-groups.ts';
import { printableSummary } from './printable-summary.ts';
import { rateLimitLines } from './rate-limit-lines.ts';
import { refusalAnswer } from './refusal-name.ts';
import { thresholdValue } from './threshold-value.ts';
import { whyNotAudited } from './why-not-audited.ts';

const signs = {
  pass: { colour: 'green', sign: '✓' },
  fail: { colour: 'red', sign: '✗' },
  'not measured': { colour: 'yellow', sign: '–' },
} as const;
const verdictColours = { PASS: 'green', FAIL: 'red', INCONCLUSIVE: 'yellow', BLOCKED: 'yellow' } as const;

const maxSampleLength = 160;
/** Its numbers are not to be cut off. */
const maxSentenceLength = 500;
const maxFindings = 15;
const maxRefusals = 20;

const shortened = (text: string, maxLength = maxSampleLength): string =>
  text.length > maxLength ? `${text.slice(0, maxLength)}… (${text.length} characters)` : text;

const thresholds = (summary: LoadSummary, paint: Paint): string[] => {
  if (summary.thresholds.length === 0) return ['none'];
  const rows = summary.thresholds.map((threshold) => [
    paint(signs[threshold.result].colour, signs[threshold.result].sign),
    threshold.metric,
    threshold.expression,
    thresholdValue(summary, threshold),
    `n=${plain(threshold.n)}`,
  ]);
  return alignedRows(rows, 'lllrl');
};

const verdict = (summary: LoadSummary, paint: Paint): string[] => [
  `${paint(verdictColours[summary.verdict], summary.verdict)}  ${summary.reason}`,
  paint(
    'dim',
    `profile ${summary.profile}, target ${summary.target}, ${summary.transport}: ` +
      `${counted(summary.iterations, 'iteration')} and ${counted(summary.requests, 'request')} in ` +
      `${duration(summary.durationSeconds)}, up to ${counted(summary.vusMax, 'VU')} in ${counted(summary.workers, 'worker')}`,
  ),
  ...rateLimitLines(summary),
  ...(summary.stoppedEarly === undefined ? [] : [`${paint('yellow', 'stopped early:')} ${summary.stoppedEarly}`]),
];

const diagnosis = (summary: LoadSummary, paint: Paint): string[] =>
  summary.diagnosis.flatMap(({ cause, sentence, evidence, remedy }) => [
    `${paint('bold', cause)}: ${sentence}`,
    ...evidence.map((line) => paint('dim', `  · ${line}`)),
    `  → ${remedy}`,
  ]);

const severityColours = { critical: 'red', major: 'yellow', minor: 'dim' } as const;

const findings = ({ findings: all }: LoadSummary, paint: Paint): string[] => [
  ...all
    .slice(0, maxFindings)
    .flatMap(({ severity, sentence, id, details }) => [
      `${paint(severityColours[severity], severity)}  ${shortened(sentence, maxSentenceLength)}  ${paint('dim', id)}`,
      ...details.map((detail) => paint('dim', `  · ${shortened(detail)}`)),
    ]),
  ...(all.length > maxFindings ? [`… and ${plain(all.length - maxFindings)} more findings`] : []),
];

const changes = ({ changes: all = [] }: LoadSummary, paint: Paint): string[] =>
  all.map(({ sentence }) => `${paint('yellow', '!')} ${sentence}`);

const refusals = ({ refusals: all }: LoadSummary, paint: Paint): string[] => {
  const shown = all.slice(0, maxRefusals);
  const rows = alignedRows(
    [
      ['stage', 'reason', 'answer', 'count', 'share', 'first seen'],
      ...shown.map((refusal) => [
        refusal.stage,
        refusal.reason,
        refusalAnswer(refusal),
        plain(refusal.count),
        percent(refusal.share),
        `${fixed(refusal.firstSeenSeconds, 1)} s`,
      ]),
    ],
    'lllrrr',
  );
  const [header = '', ...lines] = rows;
  const left = all.length - shown.length;
  return [
    paint('dim', header),
    ...lines.flatMap((line, index) => [line, paint('dim', `  ${shortened(shown[index]?.sample ?? '')}`.trimEnd())]),
    ...(left > 0 ? [`… and ${plain(left)} more causes`] : []),
  ];
};

const metrics = (summary: LoadSummary, paint: Paint): string[] => {
  const { trends, rates, counters, others } = metricGroups(summary);
  const [header = '', ...trendLines] = alignedRows(
    [
      ['times in ms', 'n', ...trendStatistics.map(({ label }) => label)],
      ...trends.map((trend) => [
        trend.name,
        ...(trend.n === 0
          ? [notMeasured]
          : [plain(trend.n), ...trendStatistics.map(({ key }) => trendValue(trend, key))]),
      ]),
    ],
    'lrrrrrrrr',
  );
  const rateRows = rates.map(({ name, n, rate, passes, fails }) => [
    name,
    ...(n === 0 ? [notMeasured] : [percent(rate), `✓ ${plain(passes)}`, `✗ ${plain(fails)}`]),
  ]);
  const counterRows = counters.map(({ name, count, rate }) => [name, plain(count), perSecond(rate)]);
  return [
    ...(trends.length > 0 ? [paint('dim', header), ...trendLines] : []),
    ...alignedRows([...rateRows, ...counterRows, ...others.map(({ name, count }) => [name, plain(count)])], 'lrrr'),
  ];
};

const ledger = ({ ledger: found }: LoadSummary, paint: Paint): string[] => {
  const unknown = `${plain(found.unknownResolved)} lost answers resolved, ${plain(found.unknownLeft)} left open`;
  if (!found.audited) return [`not audited${whyNotAudited(found)}: the answers alone say what was paid; ${unknown}`];
  return [
    `${counted(found.accounts, 'account')} and ${counted(found.products, 'product')} audited: ` +
      `${counted(found.paymentsInTables, 'payment')} in the tables, ${plain(found.paymentsAnswered)} answered; ${unknown}`,
    ...(found.problems.length === 0
      ? [`${paint('green', '✓')} everything adds up`]
      : alike(found.problems).map((problem) => `${paint('red', '✗')} ${problem}`)),
  ];
};

const driver = ({ driver: { cpuSeconds, cpuMsPerIteration, maxRssMb } }: LoadSummary): string =>
  `CPU ${fixed(cpuSeconds, 1)} s, ` +
  `${cpuMsPerIteration === undefined ? notMeasured : `${fixed(cpuMsPerIteration)} ms`} per iteration, ` +
  `peak memory ${fixed(maxRssMb, 0)} MB`;

/**
 * Renders the summary of a run as text for a terminal: the thresholds, the verdict, what explains it, and all figures.
 */
export function terminalSummary(untrusted: LoadSummary, { colour }: { colour: boolean }): string {
  const summary = printableSummary(untrusted);
  const paint = painter(colour);
  const sections: readonly (readonly [title: string, lines: readonly string[]])[] = [
    ['THRESHOLDS', thresholds(summary, paint)],
    ['VERDICT', verdict(summary, paint)],
    ['FINDINGS', findings(summary, paint)],
    ['DIAGNOSIS', diagnosis(summary, paint)],
    ['WARNINGS', changes(summary, paint)],
    ['FORCED FAILURES', crashLines(summary)],
    ['REFUSALS', summary.refusals.length > 0 ? refusals(summary, paint) : ['none']],
    ['METRICS', metrics(summary, paint)],
    ['BUDGET', summary.budget?.lines ?? []],
    ['LEDGER', ledger(summary, paint)],
    ['LEFT BEHIND', summary.left ?? []],
    ['DRIVER', [driver(summary)]],
  ];
  return sections
    .filter(([, lines]) => lines.length > 0)
    .map(([title, lines]) => [paint('bold', title), ...lines.map((line) => `  ${line}`)].join('\n'))
    .join('\n\n');
}
