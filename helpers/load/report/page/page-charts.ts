import type { LoadSummary } from '../../measure/load-summary.ts';
import { crashMarks } from '../crash-lines.ts';
import { fixed, plain } from '../figures.ts';
import { Markup, markup } from '../../../text/page/markup.ts';
import { refusalAnswer } from '../refusal-name.ts';
import { reportCharts, type Chart, type ChartSeries } from './report-charts.ts';

const highest = ({ values }: ChartSeries): number => Math.max(...values.map((value) => value ?? -Infinity));
const lowest = ({ values }: ChartSeries): number => Math.min(...values.map((value) => value ?? Infinity));

const shown = (chart: Chart, value: number): string =>
  chart.unit === 'decimals' ? fixed(value) : `${plain(Math.round(value * 10) / 10)}${chart.unit === 'ms' ? ' ms' : ''}`;

const runsOut = ({ unit }: Chart): boolean => unit === 'won' || unit === 'decimals' || unit === 'pieces';

/**
 * Returns the value of a series to show before anyone points at it: the lowest of what runs out, the highest of the
 * rest.
 */
const extreme = (chart: Chart, series: ChartSeries): string => {
  if (runsOut(chart)) return `min ${shown(chart, lowest(series))}`;
  return `max ${shown(chart, highest(series))}`;
};

const axisNote = (chart: Chart, { axis }: ChartSeries): string =>
  new Set(chart.series.map((series) => series.axis)).size > 1 ? ` (${axis})` : '';

const legendEntry = (chart: Chart, series: ChartSeries): Markup =>
  markup`<li><span class="swatch" style="--swatch: var(--series-${series.colour})"></span>${series.label}${axisNote(chart, series)}
<span data-value="${extreme(chart, series)}">${extreme(chart, series)}</span></li>\n`;

const description = (chart: Chart): string =>
  `${chart.title} over the run: ${chart.series
    .map((series) => `${series.label} from ${shown(chart, lowest(series))} to ${shown(chart, highest(series))}`)
    .join('; ')}`;

const unitNote = ({ unit }: Chart, momentSeconds: number): string => {
  if (unit === 'refusals') return momentSeconds === 1 ? 'per second' : `per ${plain(momentSeconds)} s`;
  return unit === 'won' || unit === 'pieces' ? unit : '';
};

const figure = (chart: Chart, momentSeconds: number): Markup => {
  const isEmpty = chart.series.length === 0;
  const plot = isEmpty
    ? markup`<p class="empty">${chart.empty}</p>`
    : markup`<div class="plot" data-plot role="img" aria-label="${description(chart)}"></div>`;
  const legend = isEmpty
    ? undefined
    : markup`<ul class="legend">${chart.series.map((series) => legendEntry(chart, series))}</ul>`;
  return markup`<figure class="card chart" id="chart-${chart.id}">
<figcaption><h3>${chart.title}</h3><span class="muted">${unitNote(chart, momentSeconds)}</span><span class="muted" data-time></span>${legend}</figcaption>
${plot}
</figure>\n`;
};

/** A stray refusal explains nothing that is seen in a chart. */
const smallestShare = 0.01;

/** Returns the most frequent refusal: its beginning is marked in every chart. */
const mainRefusal = ({ refusals }: LoadSummary) =>
  refusals.filter(({ share }) => share >= smallestShare).toSorted((one, other) => other.count - one.count)[0];

/** Renders the places and legends of the charts, and the data that the page's script draws them from. */
export function pageCharts(summary: LoadSummary): Markup {
  const charts = reportCharts(summary);
  const main = mainRefusal(summary);
  const marks = crashMarks(summary);
  const data = {
    charts: charts.map(({ id, unit, kind, series }) => ({ id, unit, kind, series })),
    seconds: summary.series.map(({ second }) => second),
    momentSeconds: summary.momentSeconds,
    ...(main && { marker: { second: main.firstSeenSeconds } }),
    marks,
  };
  // Only `<` could end the element before its time, or open a comment in it.
  const json = new Markup(JSON.stringify(data).replaceAll('<', String.raw`\u003c`));
  const marker =
    main &&
    markup`<p class="muted">Dashed line: first refusal for ${main.stage} ${main.reason} (${refusalAnswer(main)}), at ${fixed(main.firstSeenSeconds, 1)} s.</p>`;
  return markup`<div class="over-time">
<h2 class="unseen">Over time</h2>
<div class="charts">
${charts.map((chart) => figure(chart, summary.momentSeconds))}</div>
${marker}
${marks.length > 0 ? markup`<p class="muted">Solid lines: ${marks.map(({ second, label }) => `${label} at ${fixed(second, 1)} s`).join(', ')}.</p>` : undefined}
</div>
<script type="application/json" id="chart-data">${json}</script>`;
}
