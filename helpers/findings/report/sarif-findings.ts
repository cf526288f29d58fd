import { circumstances } from '../kinds/circumstances.ts';
import type { Finding, Findings } from '../grouping/finding.ts';
import { kindNames, kinds, type Kind, type Severity } from '../kinds/kinds.ts';
import { counted } from '../../text/words/counted.ts';
import type { Json } from '../../text/json.ts';
import { shownFindings } from './shown-findings.ts';

const levels = { critical: 'error', major: 'warning', minor: 'note' } as const satisfies Record<Severity, string>;

const schema = 'https://json.schemastore.org/sarif-2.1.0.json';
const scenariosFolder = 'tests/scenarios';

/**
 * Returns a text as a message of SARIF: brackets would make a link of it, and braces a place to be filled in
 * (SARIF 2.1.0, 3.11.5 and 3.11.6).
 */
const messageText = (text: string): string => text.replace(/[\\[\]]/g, '\\$&').replace(/[{}]/g, '$&$&');

const sentenceOf = (words: string): string => `${words.slice(0, 1).toUpperCase()}${words.slice(1)}.`;

const rule = (kind: Kind): Json => {
  const { severity, family, words, why } = kinds[kind];
  return {
    id: kind,
    shortDescription: { text: sentenceOf(words) },
    fullDescription: { text: why },
    help: { text: `${sentenceOf(words)} ${why}`, markdown: `**${sentenceOf(words)}** ${why}` },
    defaultConfiguration: { level: levels[severity] },
    properties: { tags: [family], precision: 'very-high' },
  };
};

const location = (file: string): Json => ({
  physicalLocation: {
    artifactLocation: {
      uri: [scenariosFolder, ...file.split('/').map(encodeURIComponent)].join('/'),
      uriBaseId: '%SRCROOT%',
    },
    // GitHub shows nothing without a region, and no line of a spec is more to blame than the others.
    region: { startLine: 1 },
  },
});

const suppression = ({ accepted }: Finding): Json[] => {
  if (accepted === undefined) return [];
  const until = accepted.until === undefined ? '' : ` (until ${accepted.until})`;
  return [{ kind: 'external', status: 'accepted', justification: `${accepted.why}${until}` }];
};

const messageOf = ({ sentence, why, call, circumstance, scenarios, script }: Finding): string =>
  [
    sentence,
    why,
    `${call === undefined ? '' : `${call}, `}${circumstances[circumstance]}; ${counted(scenarios.length, 'scenario')} failed.`,
    ...(script === undefined ? [] : [`Shown by ${script}.`]),
  ].join('\n');

const result = (finding: Finding): Json => {
  const { id, severity, kind, promises, scenarios, evidence } = finding;
  const [place, ...others] = [...new Set([evidence.scenario, ...scenarios].map(({ file }) => file))];
  return {
    ruleId: kind,
    ruleIndex: kindNames.indexOf(kind),
    level: levels[severity],
    message: { text: messageText(messageOf(finding)) },
    locations: place === undefined ? [] : [location(place)],
    ...(others.length > 0 && { relatedLocations: others.map(location) }),
    // The second one is what GitHub goes by.
    partialFingerprints: { 'findingId/v1': id, primaryLocationLineHash: id },
    suppressions: suppression(finding),
    properties: { severity, promises },
  };
};

/** Renders findings as SARIF 2.1.0: a rule for each kind of breach, a result for each finding. */
export function sarifFindings(untrusted: Findings): string {
  const findings = shownFindings(untrusted);
  const { verdict, because, target } = findings;
  const log: Json = {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'order-pay-scenarios', rules: kindNames.map(rule) } },
        automationDetails: { id: 'order-pay-scenarios/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { '%SRCROOT%': { description: { text: 'The top folder of the suite.' } } },
        invocations: [{ executionSuccessful: verdict !== 'BLOCKED' && verdict !== 'INTERRUPTED' }],
        results: findings.findings.map(result),
        properties: { verdict, because, target },
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}
