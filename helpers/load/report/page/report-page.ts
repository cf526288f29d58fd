import { createRequire } from 'node:module';
import path from 'node:path';
import type { LoadSummary } from '../../measure/load-summary.ts';
import { htmlPage, pageFile } from '../../../text/page/html-page.ts';
import { markup } from '../../../text/page/markup.ts';
import { pageCharts } from './page-charts.ts';
import { pageFacts } from './page-facts.ts';
import { pageDiagnosis, pageFindings, pageOverview, pageWarnings } from './page-overview.ts';
import { pageCrashes, pageMetrics, pageRefusals, pageThresholds } from './page-tables.ts';

const packages = createRequire(import.meta.url);

const ownText = (name: string): string => pageFile(path.join(import.meta.dirname, name));
const packagedText = (name: string): string => pageFile(packages.resolve(name));

/**
 * Renders the report of a run as one HTML page that loads nothing: charts, tables, and every text of the summary
 * escaped. Only the page's own two scripts may run in it.
 */
export function reportPage(summary: LoadSummary): string {
  return htmlPage({
    title: `${summary.verdict}: load run ${summary.profile}`,
    styles: [packagedText('uplot/dist/uPlot.min.css'), ownText('report-page.css')],
    scripts: [packagedText('uplot/dist/uPlot.iife.min.js'), ownText('report-page-script.js')],
    content: markup`${pageOverview(summary)}
${pageFindings(summary)}
${pageDiagnosis(summary)}
${pageWarnings(summary)}
${pageThresholds(summary)}
${pageCharts(summary)}
${pageCrashes(summary)}
${pageRefusals(summary)}
${pageMetrics(summary)}
${pageFacts(summary)}`,
  });
}
