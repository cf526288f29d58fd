import { counted } from '../../text/words/counted.ts';
import { markdownCode, markdownText } from '../../text/markdown-text.ts';
import { shownLine } from '../../text/shown-text.ts';
import { compareFindings, type GoneFinding } from '../accepted/compare-findings.ts';
import type { Finding, Findings } from '../grouping/finding.ts';
import { shownFindings } from './shown-findings.ts';

const maxLength = 500;

const itemOf = ({ severity, id, sentence, accepted }: Finding, note: string): string => {
  const known = accepted ? ', accepted' : '';
  return `- ${severity}, ${markdownCode(id)}: ${markdownText(shownLine(sentence, maxLength))} (${note}${known})`;
};

const scenariosOf = ({ scenarios }: Finding): string => counted(scenarios.length, 'scenario');

const newItem = (finding: Finding): string => itemOf(finding, scenariosOf(finding));

const goneItem = ({ finding, passed }: GoneFinding): string => {
  const now = passed === 0 ? 'not tried: none of them passed now' : `${passed} of them passed now`;
  return itemOf(finding, `${scenariosOf(finding)} before, ${now}`);
};

const stillItem = ({ before, after }: { before: Finding | undefined; after: Finding }): string => {
  const earlier = before ? String(before.scenarios.length) : 'as a part of another finding';
  return itemOf(after, `${scenariosOf(after)}, before ${earlier}`);
};

const section = (title: string, items: readonly string[]): string =>
  [`## ${title}: ${items.length}`, ...(items.length > 0 ? [items.join('\n')] : [])].join('\n\n');

/** What two runs found, side by side. */
interface Comparison {
  /** As Markdown. */
  readonly text: string;
  /** Whether the later run found something that the earlier one did not, and that nobody has accepted. */
  readonly hasNew: boolean;
}

/** Compares the findings of two runs: which are new, gone and still there. */
export function comparedFindings(untrustedBefore: Findings, untrustedAfter: Findings): Comparison {
  const compared = compareFindings(shownFindings(untrustedBefore), shownFindings(untrustedAfter));
  return {
    text: [
      section('New', compared.new.map(newItem)),
      section('Gone', compared.gone.map(goneItem)),
      section('Still there', compared.stillThere.map(stillItem)),
    ].join('\n\n'),
    hasNew: compared.new.some(({ accepted }) => accepted === undefined),
  };
}
