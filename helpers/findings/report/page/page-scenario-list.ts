import type { Finding } from '../../grouping/finding.ts';
import { groupedBy } from '../../../text/words/grouped-by.ts';
import { markup, type Markup } from '../../../text/page/markup.ts';

const maxOpen = 6;

const list = (titles: readonly string[]): Markup =>
  markup`<ul>${titles.map((title) => markup`<li>${title}</li>\n`)}</ul>`;

/** Renders scenarios by the file that they are in; the end of a long list is folded away. */
export function pageScenarioList(scenarios: readonly Finding['scenarios'][number][]): Markup {
  const files = [...groupedBy(scenarios, ({ file }) => file)].map(([file, inFile]) => {
    const titles = inFile.map(({ title }) => title);
    const left = titles.slice(maxOpen);
    const more =
      left.length > 0
        ? markup`<details><summary>… and ${left.length} more</summary>${list(left)}</details>`
        : undefined;
    return markup`<p class="file"><code>${file}</code></p>${list(titles.slice(0, maxOpen))}${more}\n`;
  });
  return markup`${files}`;
}
