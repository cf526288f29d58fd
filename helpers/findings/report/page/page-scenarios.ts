import type { Findings } from '../../grouping/finding.ts';
import { counted } from '../../../text/words/counted.ts';
import { groupedBy } from '../../../text/words/grouped-by.ts';
import { markup, type Content, type Markup } from '../../../text/page/markup.ts';
import { byReason } from '../by-reason.ts';
import { pageScenarioList } from './page-scenario-list.ts';

type PromiseSentence = (id: string) => string | undefined;
type Entry = Findings['passed'][number];

/** Returns the folder of a scenario. */
const areaOf = ({ file }: Entry): string => file.split('/')[0] ?? file;

const promise = (id: string | undefined, entries: readonly Entry[], promiseSentence: PromiseSentence): Markup => {
  const [only, ...more] = entries;
  // Without a promise, or with one that nobody has put into words, the title says what was to be seen.
  const sentence = id === undefined ? undefined : (promiseSentence(id) ?? id);
  const names = new Set(entries.map(areaOf));
  const areas = [...names].map((name) => markup`<span class="label">${name}</span>`);
  if (sentence === undefined && only && more.length === 0) {
    return markup`<li>${areas} ${only.title} <code>${only.file}</code></li>\n`;
  }
  return markup`<li><details><summary>${areas} ${sentence ?? 'Scenarios without a promise of their own'} <span class="muted">${counted(entries.length, 'scenario')}</span></summary>${pageScenarioList(entries)}</details></li>\n`;
};

/** Renders scenarios under the promises that they hold the target to, by area. */
const byPromise = (entries: readonly Entry[], promiseSentence: PromiseSentence): Markup => {
  const sorted = entries.toSorted((one, other) => areaOf(one).localeCompare(areaOf(other), 'en'));
  const groups = groupedBy(sorted, ({ promise: id, file, title }) => id ?? `${file}\n${title}`);
  return markup`<ul class="promises">
${[...groups.values()].map((group) => promise(group[0]?.promise, group, promiseSentence))}</ul>`;
};

const reasons = (entries: Findings['notJudged'], promiseSentence: PromiseSentence): readonly Markup[] =>
  byReason(entries).map(
    ({ because, entries: group }) =>
      markup`<h3>${counted(group.length, 'scenario')}, because ${because}</h3>${byPromise(group, promiseSentence)}\n`,
  );

const section = (title: string, count: number, note: string, content: Content, isOpen = false): Content =>
  count === 0
    ? undefined
    : markup`<section class="scenarios">
<details${isOpen ? markup` open` : undefined}><summary><h2>${title} <span class="count">${count}</span></h2> <span class="muted">${note}</span></summary>
${content}
</details>
</section>\n`;

/** Renders what did not fail: what could not be judged and why, what passed, and what does not apply; by promise. */
export function pageScenarios(
  { notJudged, passed, notApplicable }: Findings,
  promiseSentence: PromiseSentence,
): Markup {
  return markup`${section(
    'Not judged',
    notJudged.length,
    'they say nothing about the target, neither good nor bad',
    reasons(notJudged, promiseSentence),
    true,
  )}${section('Passed', passed.length, 'the target keeps these promises', byPromise(passed, promiseSentence))}${section(
    'Not applicable',
    notApplicable.length,
    'the target does not have what they are about',
    reasons(notApplicable, promiseSentence),
  )}`;
}
