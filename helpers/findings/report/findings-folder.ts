import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Findings } from '../grouping/finding.ts';
import { projectFolder } from '../../text/project-folder.ts';
import { findingsPage } from './page/findings-page.ts';
import { markdownFindings } from './markdown-findings.ts';
import { sarifFindings } from './sarif-findings.ts';
import { shownFindings } from './shown-findings.ts';

const scriptName = /^\d{2,}-[a-z0-9][a-z0-9-]*\.sh$/;
const reports = ['index.html', 'findings.md', 'findings.sarif', 'findings.json'] as const;

/**
 * Removes what an earlier run wrote, and nothing else: a user may have named a folder with files of their own.
 *
 * @param folder Absolute, or relative to the project's folder.
 */
export function clearFindings(folder: string): void {
  const place = path.resolve(projectFolder, folder);
  if (!existsSync(place)) return;
  const scripts = readdirSync(place).filter((name) => scriptName.test(name));
  for (const name of [...reports, ...scripts]) rmSync(path.join(place, name), { force: true });
}

/** Returns a folder as a user in the project's folder would type it. */
const typed = (folder: string): string => {
  const relative = path.relative(projectFolder, folder);
  return relative.startsWith('..') || path.isAbsolute(relative) ? folder : relative;
};

/**
 * Writes what a person or a tool reads findings in: a page, JSON, Markdown, SARIF, and a script for each finding.
 *
 * @param folder Absolute, or relative to the project's folder.
 * @param scripts Texts by file name, `01-charged-twice-pay-concurrent.sh`.
 * @throws Error when a script has another name than such a one.
 */
export function writeFindings(
  folder: string,
  findings: Findings,
  scripts: ReadonlyMap<string, string>,
  promiseSentence: (id: string) => string | undefined,
): void {
  for (const name of scripts.keys()) {
    if (!scriptName.test(name)) throw new Error(`not the name of a finding's script: ${JSON.stringify(name)}`);
  }
  const place = path.resolve(projectFolder, folder);
  const options = { folder: typed(place), promiseSentence };
  clearFindings(place);
  mkdirSync(place, { recursive: true });
  const texts: Readonly<Record<(typeof reports)[number], string>> = {
    'index.html': findingsPage(findings, options),
    'findings.json': `${JSON.stringify(shownFindings(findings), undefined, 2)}\n`,
    'findings.md': markdownFindings(findings, options),
    'findings.sarif': sarifFindings(findings),
  };
  for (const [name, text] of scripts) {
    const file = path.join(place, name);
    writeFileSync(file, text);
    // Whatever the mask of the process takes from a new file.
    chmodSync(file, 0o755);
  }
  // Whoever waits for one of them must find it whole, and with it those that stand before it.
  for (const name of reports) {
    const file = path.join(place, name);
    writeFileSync(`${file}.part`, texts[name]);
    renameSync(`${file}.part`, file);
  }
}
