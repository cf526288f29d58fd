import { circumstances } from '../../kinds/circumstances.ts';
import type { Finding } from '../../grouping/finding.ts';
import { counted } from '../../../text/words/counted.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';
import { pageExchanges } from './page-exchanges.ts';
import { pageRows } from './page-rows.ts';
import { pageScenarioList } from './page-scenario-list.ts';
import { scriptCommand } from '../script-command.ts';

export interface FindingPlace {
  /** Folder with the scripts, as a user would type it. */
  readonly folder: string;
  readonly promiseSentence: (id: string) => string | undefined;
  /** Whether it is what should be fixed before all others. */
  readonly isFirst: boolean;
}

const tones = { critical: 'fail', major: 'caution', minor: 'minor' } as const;

const list = (items: readonly Content[]): Markup => markup`<ul>${items.map((item) => markup`<li>${item}</li>\n`)}</ul>`;

const part = (title: string, content: Content): Markup => markup`<div class="part"><h4>${title}</h4>${content}</div>\n`;

const parts = (title: string, texts: readonly Content[]): Content =>
  texts.length === 0 ? undefined : part(title, list(texts));

const evidence = ({ evidence: { scenario, exchanges, rows, gate, error } }: Finding, isOpen: boolean): Markup => {
  const section = (title: string, content: Content): Markup => markup`<h4>${title}</h4>${content}\n`;
  return markup`<details class="evidence"${isOpen ? markup` open` : undefined}>
<summary>Evidence: ${counted(exchanges.length, 'request')}${rows && ', the rows'}${gate.length > 0 ? ', who waited' : undefined}</summary>
<p class="muted">From <b>${scenario.title}</b> <code>${scenario.file}</code></p>
${exchanges.length > 0 ? section('Requests and answers, in order', pageExchanges(exchanges)) : undefined}
${gate.length > 0 ? section('Who waited for the locked row', list(gate)) : undefined}
${rows && section('Rows before and after', pageRows(rows))}
<details><summary>The whole error</summary><pre>${error}</pre></details>
</details>`;
};

const howToShow = ({ script, noScript }: Finding, folder: string): Content => {
  if (script === undefined) return noScript && markup`<p class="muted">No script: ${noScript}.</p>`;
  const command = scriptCommand(folder, script);
  return markup`<div class="show"><span>See it yourself:</span> <code>${command}</code>
<button type="button" data-copy="${command}" hidden>Copy</button>
<a href="./${encodeURIComponent(script)}">Read the script</a></div>`;
};

const acceptance = ({ accepted }: Finding): Content =>
  accepted &&
  markup`<p class="remedy"><strong>Accepted</strong>${
    accepted.until === undefined ? undefined : ` until ${accepted.until}`
  }: ${accepted.why}</p>`;

/** Renders a finding as a card: what is wrong, why it matters, how to see it, what shows it, and what it broke. */
export function pageFinding(finding: Finding, { folder, promiseSentence, isFirst }: FindingPlace): Markup {
  const { id, severity, family, call, circumstance, sentence, why, details, promises, scenarios, masks } = finding;
  const kept = promises.map((promise) => {
    const promised = promiseSentence(promise);
    return promised === undefined ? markup`<code>${promise}</code>` : markup`${promised} <code>${promise}</code>`;
  });
  const where =
    call === undefined ? circumstances[circumstance] : markup`<code>${call}</code>, ${circumstances[circumstance]}`;
  return markup`<section class="finding ${tones[severity]}" data-finding data-severity="${severity}" data-family="${family}">
<p class="labels"><span class="badge">${severity}</span> <span class="label">${family}</span> <span class="muted">${where}</span>${
    isFirst ? markup` <span class="first">Fix this first</span>` : undefined
  }</p>
<h3>${sentence}</h3>
<p class="why">${why}</p>
${acceptance(finding)}
${howToShow(finding, folder)}
${evidence(finding, isFirst)}
<div class="parts">
${parts('Broken promises', kept)}${part(`Failed scenarios (${scenarios.length})`, pageScenarioList(scenarios))}${parts('What it hides', masks)}${parts('It also shows as', details)}</div>
<p class="id"><code>${id}</code></p>
</section>\n`;
}
