import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LoadSummary } from '../measure/load-summary.ts';
import { Markup, markup } from './markup.ts';
import { pageCharts } from './page-charts.ts';
import { pageFacts } from './page-facts.ts';
import { pageDiagnosis, pageOverview } from './page-overview.ts';
import { pageMetrics, pageRefusals, pageThresholds } from './page-tables.ts';

const packages = createRequire(import.meta.url);

// A browser reads every line end as \n, and so must the hash of a script.
const textOf = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim();
const ownText = (name: string): string => textOf(path.join(import.meta.dirname, name));
const packagedText = (name: string): string => textOf(packages.resolve(name));

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const policy = (scripts: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

/**
 * Renders the report of a run as one HTML page that loads nothing: charts, tables, and every text of the summary
 * escaped. Only the page's own two scripts may run in it.
 */
export function reportPage(summary: LoadSummary): string {
  const scripts = [packagedText('uplot/dist/uPlot.iife.min.js'), ownText('report-page-script.js')];
  const styles = [packagedText('uplot/dist/uPlot.min.css'), ownText('report-page.css')];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy(scripts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${summary.verdict}: load run ${summary.profile}</title>
${styles.map((style) => new Markup(`<style>${style}</style>\n`))}</head>
<body>
<main class="page">
${pageOverview(summary)}
${pageDiagnosis(summary)}
${pageThresholds(summary)}
${pageCharts(summary)}
${pageRefusals(summary)}
${pageMetrics(summary)}
${pageFacts(summary)}
</main>
${scripts.map((script) => new Markup(`<script>${script}</script>\n`))}</body>
</html>
`.html;
}
