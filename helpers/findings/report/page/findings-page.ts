import path from 'node:path';
import type { Finding, Findings } from '../../grouping/finding.ts';
import { severities } from '../../kinds/kinds.ts';
import { counted } from '../../../text/words/counted.ts';
import { htmlPage, pageFile } from '../../../text/page/html-page.ts';
import { markup, type Content } from '../../../text/page/markup.ts';
import { pageTop, type KeyFigure, type Tone } from '../../../text/page/page-top.ts';
import { pageFilters } from './page-filters.ts';
import { pageFinding } from './page-finding.ts';
import { pageScenarios } from './page-scenarios.ts';
import { failedScenarios, runCounts, runCountsLine } from '../run-counts.ts';
import { shownFindings } from '../shown-findings.ts';
import { sortedFindings } from '../sorted-findings.ts';

interface PageOptions {
  /** Folder with the scripts, as a user would type it. */
  readonly folder: string;
  readonly promiseSentence: (id: string) => string | undefined;
}

const tones = {
  PASS: 'pass',
  FAIL: 'fail',
  INCONCLUSIVE: 'caution',
  BLOCKED: 'caution',
  INTERRUPTED: 'caution',
} as const satisfies Readonly<Record<Findings['verdict'], Tone>>;
const severityTones = { critical: 'fail', major: 'caution', minor: undefined } as const;

const number = (value: number): string => value.toLocaleString('en-US');

const ownFile = (name: string): string => pageFile(path.join(import.meta.dirname, name));

const keyFigures = (findings: Findings, open: readonly Finding[]): readonly KeyFigure[] => {
  const { passed, failed, notJudged, notApplicable } = runCounts(findings);
  const bySeverity = severities.map((severity): KeyFigure => {
    const found = open.filter((finding) => finding.severity === severity);
    const tone = found.length > 0 ? severityTones[severity] : undefined;
    const name = `${severity[0]?.toUpperCase() ?? ''}${severity.slice(1)}`;
    const note = found.length > 0 ? counted(failedScenarios(found), 'scenario') : 'none';
    return { name, value: number(found.length), note, ...(tone && { tone }) };
  });
  return [
    ...bySeverity,
    { name: 'Passed', value: number(passed), note: `of ${number(passed + failed + notJudged)} scenarios` },
    { name: 'Not judged', value: number(notJudged), note: `${number(notApplicable)} more not applicable` },
    {
      name: 'Accepted',
      value: number(findings.findings.length - open.length),
      note: findings.fixed.length > 0 ? `${number(findings.fixed.length)} fixed since` : 'none fixed since',
    },
  ];
};

const listed = (words: string, ids: readonly string[]): Content =>
  ids.length === 0
    ? undefined
    : markup`<p class="muted">${words}: ${ids.map((id, index) => markup`${index > 0 ? ', ' : undefined}<code>${id}</code>`)}</p>`;

const knownBefore = ({ fixed, expired }: Findings): Content => [
  listed('Fixed, and no longer to be accepted', fixed),
  listed(
    'No longer accepted, because the date is over',
    expired.map(({ id, until }) => `${id} (until ${until})`),
  ),
];

/**
 * Renders findings as one HTML page that loads nothing: what is wrong, how bad it is, what shows it, and what was seen
 * of the rest. Every text is escaped, and only the page's own script may run in it.
 */
export function findingsPage(untrusted: Findings, { folder, promiseSentence }: PageOptions): string {
  const findings = shownFindings(untrusted);
  const { verdict, because, target } = findings;
  const { open, accepted } = sortedFindings(findings);
  const [first] = open;
  const card = (finding: Finding): Content =>
    pageFinding(finding, { folder, promiseSentence, isFirst: finding === first });
  const acceptedCards = accepted.length > 0 ? markup`<h2 class="over">Accepted</h2>\n${accepted.map(card)}` : undefined;
  return htmlPage({
    title: `${verdict}: findings about ${target}`,
    styles: [ownFile('findings-page.css')],
    scripts: [ownFile('findings-page-script.js')],
    content: markup`${pageTop({
      heading: `Findings: ${target}`,
      about: runCountsLine(findings),
      verdict,
      tone: tones[verdict],
      because: markup`<p>${because}</p>${knownBefore(findings)}`,
      figures: keyFigures(findings, open),
    })}
${open.length + accepted.length > 0 ? markup`<h2 class="over">Findings</h2>` : undefined}
${pageFilters([...open, ...accepted])}
${open.map(card)}
${acceptedCards}
${pageScenarios(findings, promiseSentence)}`,
  });
}
