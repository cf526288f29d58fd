import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Markup, markup, type Content } from './markup.ts';

/** Returns the text of a style sheet or script. A browser reads every line end as \n, and so must a script's hash. */
export const pageFile = (file: string): string => readFileSync(file, 'utf8').replaceAll('\r\n', '\n').trim();

const hashOf = (script: string): string => `'sha256-${createHash('sha256').update(script).digest('base64')}'`;

const policy = (scripts: readonly string[]): string =>
  [
    "default-src 'none'",
    `script-src ${scripts.map(hashOf).join(' ')}`,
    "style-src 'unsafe-inline'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');

interface HtmlPage {
  readonly title: string;
  /** Style sheets beside the one that all pages share. */
  readonly styles: readonly string[];
  readonly scripts: readonly string[];
  readonly content: Content;
}

/** Renders a page of a report: one file that loads nothing, and in which only its own scripts may run. */
export function htmlPage({ title, styles, scripts, content }: HtmlPage): string {
  const allStyles = [pageFile(path.join(import.meta.dirname, 'page.css')), ...styles];
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${new Markup(policy(scripts))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
${allStyles.map((style) => new Markup(`<style>${style}</style>\n`))}</head>
<body>
<main class="page">
${content}
</main>
${scripts.map((script) => new Markup(`<script>${script}</script>\n`))}</body>
</html>
`.html;
}
