import type { LoadSummary, RefusalSummary } from '../../measure/load-summary.ts';
import { shownBody } from '../../../api/answers/exchange.ts';
import { crashLines } from '../crash-lines.ts';
import { fixed, notMeasured, percent, perSecond, plain } from '../figures.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';
import { metricGroups, trendStatistics, trendValue } from '../metric-groups.ts';
import { pageTable, type PageColumn } from '../../../text/page/page-table.ts';
import { refusalAnswer } from '../refusal-name.ts';
import { thresholdValue } from '../threshold-value.ts';

/** A target may answer with a code of its own for every request; the page grows no longer for it. */
const maxRefusals = 40;

const signs = {
  pass: { sign: '✓', tone: 'pass' },
  fail: { sign: '✗', tone: 'fail' },
  'not measured': { sign: '–', tone: 'caution' },
} as const;

const numbers = (...titles: readonly string[]): readonly PageColumn[] =>
  titles.map((title) => ({ title, isNumber: true }));

const code = (text: string): Markup => markup`<code>${text}</code>`;

const section = (title: string, ...contents: readonly Content[]): Markup => markup`<section>
<h2>${title}</h2>
${contents}
</section>`;

/** Renders the thresholds, what was measured and what came of each. */
export function pageThresholds(summary: LoadSummary): Markup {
  if (summary.thresholds.length === 0) return section('Thresholds', markup`<p class="muted">None were set.</p>`);
  return section(
    'Thresholds',
    pageTable(
      'Thresholds',
      [{ title: 'Threshold' }, { title: 'Metric' }, ...numbers('Value', 'n'), { title: 'Result' }],
      summary.thresholds.map((threshold) => ({
        cells: [
          // The result is at the end too, in words: there it may be out of a phone's sight, here it never is.
          markup`<span class="sign ${signs[threshold.result].tone}" aria-hidden="true">${signs[threshold.result].sign}</span> ${code(threshold.expression)}`,
          threshold.metric,
          thresholdValue(summary, threshold),
          plain(threshold.n),
          markup`<span class="sign ${signs[threshold.result].tone}">${threshold.result}</span>`,
        ],
      })),
    ),
  );
}

const sample = ({ sample: body }: RefusalSummary): Content =>
  body === '' ? undefined : markup`<details><summary>first answer</summary><pre>${shownBody(body)}</pre></details>`;

/** Renders the refusals by cause, each with the body of the first one. */
export function pageRefusals({ refusals }: LoadSummary): Markup {
  if (refusals.length === 0) return section('Refusals', markup`<p class="muted">Nothing was refused.</p>`);
  const shown = refusals.slice(0, maxRefusals);
  const left = refusals.length - shown.length;
  const table = pageTable(
    'Refusals by cause',
    [{ title: 'Stage' }, { title: 'Reason' }, { title: 'Answer' }, ...numbers('Count', 'Share', 'First seen')],
    shown.map((refusal) => {
      const below = sample(refusal);
      return {
        cells: [
          refusal.stage,
          refusal.reason,
          code(refusalAnswer(refusal)),
          plain(refusal.count),
          percent(refusal.share),
          `${fixed(refusal.firstSeenSeconds, 1)} s`,
        ],
        ...(below !== undefined && { below }),
      };
    }),
  );
  return section(
    'Refusals',
    table,
    left > 0 ? markup`<p class="muted">… and ${plain(left)} more causes</p>` : undefined,
  );
}

/** Renders what the run has killed, in words: how long it was away, and what became of the requests. */
export function pageCrashes(summary: LoadSummary): Markup {
  const lines = crashLines(summary);
  if (lines.length === 0) return markup``;
  return section('Forced failures', markup`<ul class="lines">${lines.map((line) => markup`<li>${line}</li>`)}</ul>`);
}

/** Renders all metrics of the run, by type. */
export function pageMetrics(summary: LoadSummary): Markup {
  const { trends, rates, counters, others } = metricGroups(summary);
  const trendTable = pageTable(
    'Trends',
    [{ title: 'Trend, in ms' }, ...numbers('n', ...trendStatistics.map(({ label }) => label))],
    trends.map((trend) => ({
      cells: [
        trend.name,
        trend.n === 0 ? markup`<span class="muted">${notMeasured}</span>` : plain(trend.n),
        ...trendStatistics.map(({ key }) => trendValue(trend, key)),
      ],
    })),
  );
  const rateTable = pageTable(
    'Rates',
    [{ title: 'Rate' }, ...numbers('Share', 'Passes', 'Fails')],
    rates.map(({ name, n, rate, passes, fails }) => ({
      cells: [name, n === 0 ? notMeasured : percent(rate), plain(passes), plain(fails)],
    })),
  );
  const counterTable = pageTable(
    'Counters',
    [{ title: 'Counter' }, ...numbers('Count', 'Per second')],
    [
      ...counters.map(({ name, count, rate }) => ({ cells: [name, plain(count), perSecond(rate)] })),
      ...others.map(({ name, count }) => ({ cells: [name, plain(count), ''] })),
    ],
  );
  const hasCounters = counters.length > 0 || others.length > 0;
  return section(
    'Metrics',
    trends.length > 0 ? trendTable : undefined,
    markup`<div class="columns">${rates.length > 0 ? rateTable : undefined}${hasCounters ? counterTable : undefined}</div>`,
  );
}
