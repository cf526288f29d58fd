import path from 'node:path';
import type { Findings } from '../grouping/finding.ts';
import type { Severity } from '../kinds/kinds.ts';
import { counted } from '../../text/words/counted.ts';
import { fitColumns, foldColumns } from '../../text/terminal/fit-columns.ts';
import { painter, type Paint } from '../../text/terminal/paint.ts';
import { byReason } from './by-reason.ts';
import { runCountsLine } from './run-counts.ts';
import { scriptCommand } from './script-command.ts';
import { shownFindings } from './shown-findings.ts';
import { severityCounts, sortedFindings, type SortedFindings } from './sorted-findings.ts';

interface TerminalOptions {
  readonly colour: boolean;
  /** Folder with the page and the scripts, as a user would type it. */
  readonly folder: string;
  /** What is printed beside them takes lines as well. Default: 40 */
  readonly maxLines?: number;
  /** Returns how bad it is when a promise is broken: what is at stake in what could not be judged. */
  readonly promiseSeverity?: (id: string) => Severity | undefined;
}

const columns = 110;
const indent = '  ';
const maxReasons = 3;

const verdictColours = {
  PASS: 'green',
  FAIL: 'red',
  INCONCLUSIVE: 'yellow',
  BLOCKED: 'yellow',
  INTERRUPTED: 'yellow',
} as const;
const severityColours = { critical: 'red', major: 'yellow', minor: 'dim' } as const;

/** Returns a text's lines, all but the first indented. */
const folded = (text: string, lines: number): string[] =>
  foldColumns(text, columns - indent.length, lines).map((line, index) => (index === 0 ? line : indent + line));

const overview = (findings: Findings, paint: Paint): string[] => {
  const { verdict, because, target } = findings;
  const [first = '', ...more] = folded(`${verdict}  ${because}`, 2);
  return [
    paint('bold', 'FINDINGS'),
    paint(verdictColours[verdict], verdict) + first.slice(verdict.length),
    ...more,
    paint('dim', fitColumns(`target ${target}: ${runCountsLine(findings)}`, columns)),
  ];
};

const rows = (open: SortedFindings['open'], maxRows: number, paint: Paint): string[] => {
  const shown = open.length <= maxRows ? open : open.slice(0, maxRows - 1);
  const left = open.slice(shown.length);
  // The numbers stand at the end of a sentence: where there is room, it goes on in a second line.
  let room = maxRows - Math.min(open.length, maxRows);
  const lines = shown.flatMap(({ severity, sentence, scenarios }) => {
    const start = severity.padEnd(8);
    const end = `(${counted(scenarios.length, 'scenario')})`;
    const place = columns - start.length - end.length - 4;
    const [first = '', ...others] = foldColumns(sentence, place, room > 0 ? 2 : 1);
    room -= others.length;
    return [
      `${paint(severityColours[severity], start)}  ${first}  ${paint('dim', end)}`,
      ...others.map((line) => `${' '.repeat(start.length + 2)}${line}`),
    ];
  });
  const more = `… and ${left.length.toLocaleString('en-US')} more (${severityCounts(left)}): see the page`;
  return left.length > 0 ? [...lines, more] : lines;
};

const fixFirst = (open: SortedFindings['open'], folder: string, paint: Paint): string[] => {
  const [first] = open;
  if (!first) return [];
  const [start = '', ...more] = folded(`Fix this first: ${first.sentence}`, 3);
  return [
    start.replace(/^Fix this first:/, (words) => paint('bold', words)),
    ...more,
    ...folded(`${indent}Why it matters: ${first.why}`, 2).map((line) => line.replace(/^(?=Why)/, indent)),
    ...(first.script === undefined ? [] : [`${indent}See it: ${paint('bold', scriptCommand(folder, first.script))}`]),
    ...(first.noScript === undefined ? [] : folded(`${indent}No script: ${first.noScript}.`, 2)),
  ];
};

const notJudged = (
  { findings, notJudged: all }: Findings,
  severityOf: NonNullable<TerminalOptions['promiseSeverity']>,
): string[] => {
  const reasons = byReason(all);
  const shown = reasons.slice(0, maxReasons).flatMap(({ because, entries }) => {
    const promises = new Set(entries.flatMap(({ promise }) => (promise === undefined ? [] : [promise])));
    const atStake = [...promises].filter((promise) => severityOf(promise) === 'critical').length;
    const stake = `; ${counted(atStake, 'promise')} about money or goods ${atStake === 1 ? 'is' : 'are'} among them`;
    const what = `${counted(entries.length, 'scenario')} could not be judged because `;
    // What is at stake must not be left out for the sake of a long reason.
    const place = 2 * columns - what.length - stake.length - 20;
    return folded(`${what}${fitColumns(because, place)}${atStake > 0 ? stake : ''}.`, 2);
  });
  const left = reasons.slice(maxReasons).flatMap(({ entries }) => entries).length;
  const open = new Set(findings.filter(({ accepted }) => accepted === undefined).map(({ id }) => id));
  const isHidden = all.some(({ finding }) => finding !== undefined && open.has(finding));
  return [
    ...shown,
    ...(left > 0 ? [`${counted(left, 'further scenario')} could not be judged for other reasons: see the page`] : []),
    ...(isHidden ? ['Fix what hides them first, and run again.'] : []),
  ];
};

const known = ({ fixed, expired }: Findings, { accepted }: SortedFindings, paint: Paint): string[] => [
  ...(accepted.length === 0
    ? []
    : [`${counted(accepted.length, 'finding')} accepted and not counted (${severityCounts(accepted)})`]),
  ...folded(fixed.length === 0 ? '' : `Fixed, no longer to be accepted: ${fixed.join(', ')}`, 2).map((line) =>
    line.replace(/^Fixed/, (word) => paint('green', word)),
  ),
  ...folded(expired.length === 0 ? '' : `No longer accepted, the date is over: ${expiredText(expired)}`, 2).map(
    (line) => line.replace(/^No longer accepted/, (words) => paint('yellow', words)),
  ),
];

const expiredText = (expired: Findings['expired']): string =>
  expired.map(({ id, until }) => `${id} (until ${until})`).join(', ');

/** Renders findings as text for a terminal: at most `maxLines` lines, whatever was found. */
export function terminalFindings(untrusted: Findings, options: TerminalOptions): string {
  const findings = shownFindings(untrusted);
  const sorted = sortedFindings(findings);
  const paint = painter(options.colour);
  const { folder, maxLines = 40, promiseSeverity = () => undefined } = options;
  const before = overview(findings, paint);
  const after = [
    fixFirst(sorted.open, folder, paint),
    notJudged(findings, promiseSeverity),
    known(findings, sorted, paint),
    [`Findings: ${path.join(folder, 'index.html')}`],
  ].filter((lines) => lines.length > 0);
  // Each part has an empty line before it, and so have the rows.
  const taken = before.length + 1 + after.reduce((lines, part) => lines + part.length + 1, 0);
  const parts = [before, rows(sorted.open, maxLines - taken, paint), ...after].filter((lines) => lines.length > 0);
  return parts
    .map((lines, index) => lines.map((line, at) => (index + at === 0 ? line : indent + line)).join('\n'))
    .join('\n\n');
}
