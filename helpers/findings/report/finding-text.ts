import type { EvidenceExchange } from '../deviations/deviation.ts';
import type { Finding } from '../grouping/finding.ts';

const requestText = ({ method, path, key, body, outcome, answer, sentAtMs, durationMs }: EvidenceExchange): string =>
  [
    `${sentAtMs} ms  ${method} ${path}${key === undefined ? '' : `  (key ${key})`}`,
    ...(body === undefined ? [] : [`    ${body}`]),
    `    → ${outcome}, ${durationMs} ms`,
    ...(answer ? [`    ${answer}`] : []),
  ].join('\n');

/** Returns a finding as plain text: what was seen, why it matters, the evidence, and the scenarios. */
export function findingText({
  severity,
  sentence,
  why,
  details,
  scenarios,
  masks,
  script,
  noScript,
  evidence,
}: Finding): string {
  const list = (title: string, lines: readonly string[]): string[] =>
    lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  - ${line}`)];
  return [
    `${severity}: ${sentence}`,
    why,
    ...(script === undefined ? [] : ['', `Script that shows it: ${script}`]),
    ...(noScript === undefined ? [] : ['', `No script: ${noScript}.`]),
    ...list('Also seen:', details),
    ...list('What it hides:', masks),
    ...list(
      'Scenarios:',
      scenarios.map(({ file, title }) => `${file} › ${title}`),
    ),
    ...list('Locked rows:', evidence.gate),
    '',
    `Requests and answers of "${evidence.scenario.title}":`,
    ...evidence.exchanges.map(requestText),
    '',
  ].join('\n');
}
