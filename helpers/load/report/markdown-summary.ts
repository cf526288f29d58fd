import { counted } from '../../text/words/counted.ts';
import { alike } from '../diagnosis/alike.ts';
import type { LoadSummary } from '../measure/load-summary.ts';
import { shownBody } from '../../api/answers/exchange.ts';
import { crashLines } from './crash-lines.ts';
import { duration, fixed, notMeasured, percent, perSecond, plain } from './figures.ts';
import { markdownBlock, markdownCode, markdownTable, markdownText } from '../../text/markdown-text.ts';
import { metricGroups, trendStatistics, trendValue } from './metric-groups.ts';
import { rateLimitLines } from './rate-limit-lines.ts';
import { refusalAnswer } from './refusal-name.ts';
import { thresholdValue } from './threshold-value.ts';
import { whyNotAudited } from './why-not-audited.ts';

const signs = { pass: '✅', fail: '❌', 'not measured': '➖' } as const;
const verdictSigns = { PASS: '✅', FAIL: '❌', INCONCLUSIVE: '⚠️', BLOCKED: '⛔' } as const;

const maxRefusals = 20;

const heading = (summary: LoadSummary): string =>
  [
    `## ${verdictSigns[summary.verdict]} ${summary.verdict}: load run ${markdownCode(summary.profile)}`,
    `**${markdownText(summary.reason)}**`,
    `${counted(summary.iterations, 'iteration')} and ${counted(summary.requests, 'request')} in ` +
      `${duration(summary.durationSeconds)}, up to ${counted(summary.vusMax, 'VU')} in ${counted(summary.workers, 'worker')}, ` +
      `against ${markdownCode(summary.target)} (${markdownText(summary.transport)}), ` +
      `started ${markdownText(summary.startedAt)}.`,
    ...rateLimitLines(summary),
    ...(summary.stoppedEarly === undefined ? [] : [`Stopped early: ${markdownText(summary.stoppedEarly)}`]),
  ].join('\n\n');

const thresholds = (summary: LoadSummary): string =>
  markdownTable(
    ['', 'metric', 'threshold', 'value', 'n'],
    summary.thresholds.map((threshold) => [
      signs[threshold.result],
      markdownCode(threshold.metric),
      markdownCode(threshold.expression),
      thresholdValue(summary, threshold),
      plain(threshold.n),
    ]),
    'lllrr',
  );

const diagnosis = ({ diagnosis: all }: LoadSummary): string =>
  all
    .map(({ cause, sentence, evidence, remedy }) =>
      [
        `**${markdownText(cause)}**: ${markdownText(sentence)}\n`,
        ...evidence.map((line) => `- ${markdownText(line)}`),
        `\n**What to do**: ${markdownText(remedy)}`,
      ].join('\n'),
    )
    .join('\n\n');

const findings = ({ findings: all }: LoadSummary): string =>
  all
    .map(({ severity, sentence, id, details }) =>
      [
        `- **${severity}**: ${markdownText(sentence)} ${markdownCode(id)}`,
        ...details.map((detail) => `  - ${markdownText(detail)}`),
      ].join('\n'),
    )
    .join('\n');

const refusals = ({ refusals: all }: LoadSummary): string => {
  const shown = all.slice(0, maxRefusals);
  const left = all.length - shown.length;
  const table = markdownTable(
    ['stage', 'reason', 'answer', 'count', 'share', 'first seen'],
    shown.map((refusal) => [
      refusal.stage,
      markdownText(refusal.reason),
      markdownCode(refusalAnswer(refusal)),
      plain(refusal.count),
      percent(refusal.share),
      `${fixed(refusal.firstSeenSeconds, 1)} s`,
    ]),
    'lllrrr',
  );
  // Fenced, and outside of the table: in a cell no text with both a backslash and a bar is safe.
  const samples = shown.map(
    (refusal) =>
      `${refusal.stage} ${markdownText(refusal.reason)} ${markdownCode(refusalAnswer(refusal))}:\n\n` +
      markdownBlock(shownBody(refusal.sample)),
  );
  return [
    table,
    ...(left > 0 ? [`… and ${plain(left)} more causes`] : []),
    '<details><summary>The first answer of each</summary>',
    ...samples,
    '</details>',
  ].join('\n\n');
};

const metrics = (summary: LoadSummary): string => {
  const { trends, rates, counters, others } = metricGroups(summary);
  const trendTable = markdownTable(
    ['times in ms', 'n', ...trendStatistics.map(({ label }) => label)],
    trends.map((trend) => [
      markdownCode(trend.name),
      trend.n === 0 ? notMeasured : plain(trend.n),
      ...trendStatistics.map(({ key }) => trendValue(trend, key)),
    ]),
    'lrrrrrrrr',
  );
  const rateRows = rates.map(({ name, n, rate, passes, fails }) => [
    markdownCode(name),
    n === 0 ? notMeasured : percent(rate),
    n === 0 ? '' : `${plain(passes)} passes, ${plain(fails)} fails`,
  ]);
  const counterRows = counters.map(({ name, count, rate }) => [markdownCode(name), plain(count), perSecond(rate)]);
  const otherRows = others.map(({ name, count }) => [markdownCode(name), plain(count), '']);
  const rows = [...rateRows, ...counterRows, ...otherRows];
  return [
    ...(trends.length > 0 ? [trendTable] : []),
    ...(rows.length > 0 ? [markdownTable(['metric', 'value', ''], rows, 'lrl')] : []),
  ].join('\n\n');
};

const ledger = ({ ledger: found }: LoadSummary): string => {
  const unknown = `${plain(found.unknownResolved)} lost answers resolved, ${plain(found.unknownLeft)} left open.`;
  if (!found.audited) {
    return `${markdownText(`Not audited${whyNotAudited(found)}`)}: the answers alone say what was paid; ${unknown}`;
  }
  return [
    `${counted(found.accounts, 'account')} and ${counted(found.products, 'product')} audited: ` +
      `${counted(found.paymentsInTables, 'payment')} in the tables, ${plain(found.paymentsAnswered)} answered; ${unknown}\n`,
    ...(found.problems.length === 0
      ? ['Everything adds up.']
      : alike(found.problems).map((problem) => `- ❌ ${markdownText(problem)}`)),
  ].join('\n');
};

const driver = ({ driver: { cpuSeconds, cpuMsPerIteration, maxRssMb } }: LoadSummary): string =>
  `CPU ${fixed(cpuSeconds, 1)} s, ` +
  `${cpuMsPerIteration === undefined ? notMeasured : `${fixed(cpuMsPerIteration)} ms`} per iteration, ` +
  `peak memory ${fixed(maxRssMb, 0)} MB.`;

/** Renders the summary of a run as GitHub flavoured Markdown, for the summary of a CI job. */
export function markdownSummary(summary: LoadSummary): string {
  const budget = (summary.budget?.lines ?? []).map((line) => `- ${markdownText(line)}`).join('\n');
  const sections: readonly (readonly [title: string, content: string])[] = [
    ['Thresholds', summary.thresholds.length > 0 ? thresholds(summary) : 'None.'],
    ['Findings', findings(summary)],
    ['Diagnosis', diagnosis(summary)],
    ['Warnings', (summary.changes ?? []).map(({ sentence }) => `- ⚠️ ${markdownText(sentence)}`).join('\n')],
    [
      'Forced failures',
      crashLines(summary)
        .map((line) => `- ${markdownText(line)}`)
        .join('\n'),
    ],
    ['Refusals by cause', summary.refusals.length > 0 ? refusals(summary) : 'Nothing was refused.'],
    ['Metrics', metrics(summary)],
    ['Budget', budget],
    ['Ledger', ledger(summary)],
    ['Left behind', (summary.left ?? []).map((line) => `- ${markdownText(line)}`).join('\n')],
    ['Driver', driver(summary)],
  ];
  const shown = sections.filter(([, content]) => content !== '');
  return `${[heading(summary), ...shown.map(([title, content]) => `### ${title}\n\n${content}`)].join('\n\n')}\n`;
}
