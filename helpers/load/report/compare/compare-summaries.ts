import type { LoadSummary } from '../../measure/load-summary.ts';
import { groupedInWords } from '../../../profile/amount-in-words.ts';
import { alignedRows } from '../../../text/terminal/aligned-rows.ts';
import { comparedFigures, type Figure } from './compared-figures.ts';
import { fixed, notMeasured, plain } from '../figures.ts';
import { markdownCode, markdownText } from '../../../text/markdown-text.ts';

type Row = readonly [name: string, before: string, after: string, change: string, relative: string];

const written = ({ unit, decimals }: Figure, value: number): string => {
  switch (unit) {
    case 'count':
      return plain(value);
    case 'share':
      return `${fixed(value * 100)} %`;
    case '/s':
      return `${fixed(value)}/s`;
    case 'ms':
    case 's':
    case 'MB':
      return `${fixed(value)} ${unit}`;
    case 'won':
      return groupedInWords(value, { decimals });
    case 'pieces':
      return `${plain(value)} ${unit}`;
  }
};

const signed = (value: number, text: string): string => (value > 0 ? `+${text}` : text);

const change = (figure: Figure, before: number, after: number): string => {
  const difference = after - before;
  // A share's change is in points: per cent of per cent would be misread.
  const text = figure.unit === 'share' ? `${fixed(difference * 100)} points` : written(figure, difference);
  return signed(difference, text);
};

const relativeChange = (before: number, after: number): string => {
  if (before === 0) return 'n/a';
  const share = ((after - before) / Math.abs(before)) * 100;
  return signed(share, `${fixed(share, 1)} %`);
};

const figureRow = (figure: Figure): Row => {
  const { name, before, after } = figure;
  const value = (measured: number | undefined): string =>
    measured === undefined ? notMeasured : written(figure, measured);
  if (before === undefined || after === undefined) return [name, value(before), value(after), 'n/a', 'n/a'];
  return [name, value(before), value(after), change(figure, before, after), relativeChange(before, after)];
};

const textRow = (name: string, before: string, after: string): Row => [
  name,
  markdownText(before),
  markdownText(after),
  before === after ? 'same' : 'changed',
  '',
];

const thresholdRows = (before: LoadSummary, after: LoadSummary): Row[] => {
  const nameOf = ({ metric, expression }: LoadSummary['thresholds'][number]): string => `${metric} ${expression}`;
  const resultIn = ({ thresholds }: LoadSummary, name: string): string =>
    thresholds.find((threshold) => nameOf(threshold) === name)?.result ?? 'not set';
  return [...new Set([...before.thresholds, ...after.thresholds].map(nameOf))].map((name) =>
    textRow(markdownCode(name), resultIn(before, name), resultIn(after, name)),
  );
};

const group = (name: string, rows: readonly Row[]): Row[] =>
  rows.length === 0 ? [] : [[`**${name}**`, '', '', '', ''], ...rows];

/**
 * Renders two runs side by side as a Markdown table that is aligned for a terminal too: every figure of both, with its
 * absolute and relative change. `n/a` stands where there is no change to tell: before was 0, or one of the two was not
 * measured.
 */
export function compareSummaries(before: LoadSummary, after: LoadSummary): string {
  const figures = comparedFigures(before, after);
  const header: Row = ['', 'before', 'after', 'change', 'relative'];
  const rows = [
    ...group('run', [
      textRow('verdict', before.verdict, after.verdict),
      textRow('profile', before.profile, after.profile),
      textRow('target', before.target, after.target),
      textRow('transport', before.transport, after.transport),
      textRow('started', before.startedAt, after.startedAt),
      ...figures.run.map(figureRow),
    ]),
    ...group('thresholds', thresholdRows(before, after)),
    ...group('metrics', figures.metrics.map(figureRow)),
    ...group('refusals', figures.refusals.map(figureRow)),
    ...group('balance and stock', figures.lowest.map(figureRow)),
    ...group('budget', figures.budget.map(figureRow)),
    ...group('ledger', figures.ledger.map(figureRow)),
    ...group('driver', figures.driver.map(figureRow)),
  ];
  // An empty column at the end, so that every line is padded up to its last bar.
  const [first = '', ...others] = alignedRows(
    [header, ...rows].map((row) => [...row, '|']),
    'lrrrr',
    ' | ',
  ).map((line) => `| ${line.slice(0, -' | |'.length)} |`);
  const widths = first
    .split('|')
    .slice(1, -1)
    .map(({ length }) => length);
  const rule = widths.map((width, column) => (column === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [first, `|${rule.join('|')}|`, ...others].join('\n');
}
