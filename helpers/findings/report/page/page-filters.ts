import type { Finding } from '../../grouping/finding.ts';
import { families, severities } from '../../kinds/kinds.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';

const buttons = (
  findings: readonly Finding[],
  property: 'severity' | 'family',
  values: readonly string[],
): readonly Markup[] => {
  const count = (value: string): number => findings.filter((finding) => finding[property] === value).length;
  return ['', ...values.filter((value) => count(value) > 0)].map((value) => {
    const isAll = value === '';
    const number = isAll ? findings.length : count(value);
    return markup`<button type="button" data-filter="${property}" data-value="${value}" aria-pressed="${isAll ? 'true' : 'false'}">${isAll ? 'all' : value} <span>${number}</span></button>\n`;
  });
};

/** Renders the buttons that choose which findings are shown; nothing where there is nothing to choose. */
export function pageFilters(findings: readonly Finding[]): Content {
  if (findings.length < 2) return undefined;
  return markup`<div class="filters" data-filters hidden>
<div role="group" aria-label="Severity"><span>Severity</span> ${buttons(findings, 'severity', severities)}</div>
<div role="group" aria-label="Family"><span>Family</span> ${buttons(findings, 'family', families)}</div>
<p class="muted" role="status" data-shown></p>
</div>`;
}
