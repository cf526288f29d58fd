import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { findingsSchema } from '../../../../helpers/findings/grouping/finding.ts';
import { writeFindings } from '../../../../helpers/findings/report/findings-folder.ts';
import { keepSecret } from '../../../../helpers/text/secrets.ts';
import { exampleFindings, examplePromise } from '../../support/examples/example-findings.ts';
import { hostileFindings } from '../../support/examples/extreme-findings.ts';

const reports = ['findings.json', 'findings.md', 'findings.sarif', 'index.html'];

test.describe('findings folder', () => {
  test('folder has the page, JSON, Markdown, SARIF and scripts that can be run', ({}, testInfo) => {
    const folder = testInfo.outputPath('findings');
    writeFindings(folder, exampleFindings(), new Map([['01-a.sh', '#!/bin/sh\n']]), examplePromise);
    expect(readdirSync(folder).toSorted()).toEqual(['01-a.sh', ...reports]);
    expect(statSync(path.join(folder, '01-a.sh')).mode & 0o777).toBe(0o755);
    const json: unknown = JSON.parse(readFileSync(path.join(folder, 'findings.json'), 'utf8'));
    expect(findingsSchema.parse(json)).toEqual(exampleFindings());
  });

  test('next run removes the files of the last one, and no other file', ({}, testInfo) => {
    const folder = testInfo.outputPath('findings');
    mkdirSync(folder);
    for (const file of ['notes.txt', 'own.sh']) writeFileSync(path.join(folder, file), 'mine');
    writeFindings(
      folder,
      exampleFindings(),
      new Map([
        ['01-a.sh', 'a'],
        ['02-b.sh', 'b'],
      ]),
      examplePromise,
    );
    writeFindings(folder, exampleFindings(), new Map([['01-c.sh', 'c']]), examplePromise);
    expect(readdirSync(folder).toSorted()).toEqual(['01-c.sh', ...reports, 'notes.txt', 'own.sh']);
  });

  test('script with a path outside the folder is refused before anything is written', ({}, testInfo) => {
    const folder = testInfo.outputPath('findings');
    for (const name of ['../01-a.sh', '/tmp/01-a.sh', 'index.html', '01-a.sh\n']) {
      expect(() => {
        writeFindings(folder, exampleFindings(), new Map([[name, '']]), examplePromise);
      }).toThrow("not the name of a finding's script");
    }
    expect(readdirSync(testInfo.outputDir)).toEqual([]);
  });

  test('secret of a request is in none of the reports', ({}, testInfo) => {
    const folder = testInfo.outputPath('findings');
    const secret = 'se_cret<"&token>*';
    keepSecret([secret]);
    writeFindings(folder, hostileFindings(`Bearer ${secret}`), new Map(), examplePromise);
    for (const report of reports) {
      expect(readFileSync(path.join(folder, report), 'utf8')).not.toMatch(/cret(?:<|&lt;|\\<|\\u003c)/);
    }
  });
});
