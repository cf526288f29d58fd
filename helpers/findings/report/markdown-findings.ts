import { circumstances } from '../kinds/circumstances.ts';
import type { EvidenceExchange } from '../deviations/deviation.ts';
import type { Finding, Findings } from '../grouping/finding.ts';
import { counted } from '../../text/words/counted.ts';
import { markdownBlock, markdownCode, markdownTable, markdownText } from '../../text/markdown-text.ts';
import { shownLine, shownText } from '../../text/shown-text.ts';
import { byReason } from './by-reason.ts';
import { runCountsLine } from './run-counts.ts';
import { scriptCommand } from './script-command.ts';
import { shownFindings } from './shown-findings.ts';
import { severityCounts, sortedFindings } from './sorted-findings.ts';

interface MarkdownOptions {
  /** Folder with the scripts, as a user would type it. */
  readonly folder: string;
  readonly promiseSentence: (id: string) => string | undefined;
}

// GitHub shows nothing at all of a summary that is larger than 1 MiB.
const maxRows = 100;
const maxEvidence = 10;
const maxExchanges = 20;
const maxReasons = 20;
const maxItems = 20;
const maxSentence = 500;
const maxAnswer = 500;

const signs = { PASS: '✅', FAIL: '❌', INCONCLUSIVE: '⚠️', BLOCKED: '⛔', INTERRUPTED: '⚠️' } as const;
const severitySigns = { critical: '🔴', major: '🟠', minor: '⚪' } as const;

const shortText = (text: string): string => markdownText(shownLine(text, maxSentence));
const shortCode = (text: string): string => markdownCode(shownLine(text, maxSentence));

const table = (findings: readonly Finding[]): string => {
  const shown = findings.slice(0, maxRows);
  const left = findings.slice(maxRows);
  const rows = shown.map(({ severity, sentence, scenarios, script }) => [
    `${severitySigns[severity]} ${severity}`,
    shortText(sentence),
    scenarios.length.toLocaleString('en-US'),
    script === undefined ? '' : shortCode(script),
  ]);
  const all = markdownTable(['severity', 'finding', 'scenarios', 'script that shows it'], rows, 'llrl');
  return left.length > 0 ? `${all}\n\n… and ${left.length} more (${severityCounts(left)}).` : all;
};

const limited = (items: readonly string[]): string =>
  [...items.slice(0, maxItems), ...(items.length > maxItems ? [`… and ${items.length - maxItems} more`] : [])]
    .map((item) => `- ${item}`)
    .join('\n');

const exchangeText = ({ method, path, key, body, outcome, answer, sentAtMs, durationMs }: EvidenceExchange): string =>
  [
    `${method} ${path}${key === undefined ? '' : `  (key ${key})`}, sent at ${sentAtMs.toFixed(0)} ms`,
    ...(body === undefined ? [] : [`  ${shownText(body, maxAnswer)}`]),
    `→ ${outcome}, ${durationMs.toFixed(0)} ms`,
    ...(answer === undefined ? [] : [`  ${shownText(answer, maxAnswer)}`]),
  ].join('\n');

const detail = (finding: Finding, { folder, promiseSentence }: MarkdownOptions): string => {
  const { severity, sentence, why, call, circumstance, script, noScript, promises, details, masks, scenarios } =
    finding;
  const { exchanges, gate } = finding.evidence;
  const left = exchanges.length - maxExchanges;
  const requests = [
    ...exchanges.slice(0, maxExchanges).map(exchangeText),
    ...(left > 0 ? [`… and ${counted(left, 'more request')}`] : []),
  ].join('\n\n');
  const promised = promises.map((id) => shortText(promiseSentence(id) ?? id));
  const lists: readonly (readonly [title: string, items: readonly string[]])[] = [
    ['Broken promises', promised],
    ['Failed scenarios', scenarios.map(({ file, title }) => `${shortText(title)} (${shortCode(file)})`)],
    ['What it hides', masks.map(shortText)],
    ['It also shows as', details.map(shortText)],
    ['Who waited for the locked row', gate.map(shortText)],
  ];
  return [
    `#### ${severitySigns[severity]} ${shortText(sentence)}`,
    `${call === undefined ? '' : `${shortCode(call)}, `}${circumstances[circumstance]}. ${shortText(why)}`,
    ...(script === undefined ? [] : [`See it yourself: ${shortCode(scriptCommand(folder, script))}`]),
    ...(noScript === undefined ? [] : [`No script: ${shortText(noScript)}.`]),
    // No text of a target in the summary: in HTML, no escape of Markdown holds.
    `<details><summary>${counted(scenarios.length, 'scenario')}, ${counted(exchanges.length, 'request')}</summary>`,
    ...lists.filter(([, items]) => items.length > 0).map(([title, items]) => `**${title}**\n\n${limited(items)}`),
    ...(exchanges.length > 0 ? [`**Requests and answers**\n\n${markdownBlock(requests)}`] : []),
    '</details>',
  ].join('\n\n');
};

const notJudged = ({ notJudged: all }: Findings): string => {
  const reasons = byReason(all);
  const left = reasons.slice(maxReasons).flatMap(({ entries }) => entries).length;
  return [
    ...reasons
      .slice(0, maxReasons)
      .map(({ because, entries }) => `- ${counted(entries.length, 'scenario')}, because ${shortText(because)}`),
    ...(left > 0 ? [`- … and ${counted(left, 'more scenario')} for other reasons`] : []),
  ].join('\n');
};

const acceptedOnes = (accepted: readonly Finding[], { fixed, expired }: Findings): string =>
  limited([
    ...accepted.map(({ severity, sentence, accepted: by }) => {
      const until = by?.until === undefined ? '' : ` until ${shortText(by.until)}`;
      return `${severitySigns[severity]} ${shortText(sentence)} Accepted${until}: ${shortText(by?.why ?? '')}`;
    }),
    ...fixed.map((id) => `✅ ${shortCode(id)} is fixed, and no longer to be accepted`),
    ...expired.map(({ id, until }) => `⚠️ ${shortCode(id)} was accepted until ${shortText(until)}, which is over`),
  ]);

/** Renders findings as GitHub flavoured Markdown, for the summary of a CI job. */
export function markdownFindings(untrusted: Findings, options: MarkdownOptions): string {
  const findings = shownFindings(untrusted);
  const { verdict, because, target } = findings;
  const { open, accepted } = sortedFindings(findings);
  const [first] = open;
  const command = first?.script === undefined ? '' : `\n\n${shortCode(scriptCommand(options.folder, first.script))}`;
  const sections: readonly (readonly [title: string, content: string])[] = [
    ['Findings', open.length > 0 ? table(open) : ''],
    ['Fix this first', first ? `${shortText(first.sentence)} ${shortText(first.why)}${command}` : ''],
    [
      'Evidence',
      open
        .slice(0, maxEvidence)
        .map((finding) => detail(finding, options))
        .join('\n\n'),
    ],
    ['Not judged', notJudged(findings)],
    ['Accepted and fixed', acceptedOnes(accepted, findings)],
  ];
  return `${[
    `## ${signs[verdict]} ${verdict}: findings about ${shortCode(target)}`,
    `**${shortText(because)}**`,
    `${runCountsLine(findings)}.`,
    ...sections.filter(([, content]) => content !== '').map(([title, content]) => `### ${title}\n\n${content}`),
  ].join('\n\n')}\n`;
}
