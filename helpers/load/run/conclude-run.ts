import type { LoadSummary } from '../measure/load-summary.ts';
import type { ReportFolder } from '../report/page/report-folder.ts';
import { markdownSummary } from '../report/markdown-summary.ts';
import { reportPage } from '../report/page/report-page.ts';
import { summarise } from '../measure/summarise.ts';

/**
 * Makes the reports of a load run out of the parts that are in its folder: `summary.json`, `summary.md`, `index.html`.
 *
 * @returns undefined when no part has left anything.
 */
export function concludeRun(folder: ReportFolder): LoadSummary | undefined {
  const [first, ...others] = folder.parts();
  if (!first) return undefined;
  const summary = summarise([first, ...others]);
  folder.write('summary.json', `${JSON.stringify(summary, undefined, 2)}\n`);
  folder.write('summary.md', markdownSummary(summary));
  folder.write('index.html', reportPage(summary));
  return summary;
}
