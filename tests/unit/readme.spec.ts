import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { isRecord, parseJson } from '../../helpers/text/json.ts';
import { projectFolder } from '../../helpers/text/project-folder.ts';

const maxLines = 110;

/** How the workflow runs what would not end by itself, ends with a failure, or takes minutes. */
const adaptedInWorkflow: Readonly<Record<string, string>> = {
  'npx playwright show-report': 'timeout 10 npx playwright show-report || test $? -eq 124',
  'npm run target:draft -- --openapi http://localhost:8080/v3/api-docs':
    'npm run target:draft -- --openapi http://localhost:8080/docs/json',
  'npm run load': 'LOAD_STAGES=5s:20,10s:20 npm run load',
  'SHOP_FAULT=oversell npx playwright test': '! SHOP_FAULT=oversell npx playwright test',
};

const textOf = (file: string): string => readFileSync(path.join(projectFolder, file), 'utf8');

const filesIn = (folder: string): string[] =>
  readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' }).map((file) =>
    path.join(folder, file),
  );

const guides = [
  'README.md',
  'README.ko.md',
  ...['.github', 'fixtures', 'helpers', 'tests'].flatMap(filesIn).filter((file) => file.endsWith('.md')),
];

const npmScripts = (): string[] => {
  const manifest = parseJson(textOf('package.json'));
  return isRecord(manifest) && isRecord(manifest.scripts) ? Object.keys(manifest.scripts) : [];
};

/** Returns the commands in a text's `sh` blocks, without comments. */
const commandsIn = (markdown: string): string[] =>
  [...markdown.matchAll(/^ *```sh\n(.*?)^ *```$/gms)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map((line) => line.replace(/(?:^|\s+)#.*$/, '').trim())
    .filter((line) => line !== '');

test.describe('READMEs', () => {
  test(`README.md has at most ${maxLines} lines`, () => {
    expect(textOf('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(maxLines);
  });

  test('README.md and README.ko.md name the same commands, links and pictures', () => {
    const english = textOf('README.md');
    const korean = textOf('README.ko.md');
    expect(commandsIn(english).length).toBeGreaterThan(5);
    expect(commandsIn(korean)).toEqual(commandsIn(english));
    const linksIn = (markdown: string): string[] =>
      [...markdown.matchAll(/\]\(([^)]+)\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !link.startsWith('README'))
        .toSorted();
    expect(linksIn(korean)).toEqual(linksIn(english));
    expect(english).toContain('(README.ko.md)');
    expect(korean).toContain('(README.md)');
  });

  test('every npm script that a README names exists', () => {
    const scripts = npmScripts();
    const unknown = guides.flatMap((file) =>
      [...textOf(file).matchAll(/\bnpm run (?:--silent )?([\w:-]+)/g)]
        .map(([, script = '']) => script)
        .filter((script) => !scripts.includes(script))
        .map((script) => `${file}: npm run ${script}`),
    );
    expect(unknown).toEqual([]);
  });

  test('every relative link of a README leads to a file', () => {
    const dead = guides.flatMap((file) =>
      [...textOf(file).matchAll(/\]\(([^)#]+)[^)]*\)/g)]
        .map(([, link = '']) => link)
        .filter((link) => !/^\w+:/.test(link))
        .filter((link) => !existsSync(path.join(projectFolder, path.dirname(file), link)))
        .map((link) => `${file}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  test('the pull request workflow runs every command of README.md', () => {
    const job = textOf('.github/workflows/pull-request.yml').split('\n  readme:\n')[1] ?? '';
    const run = job.split('\n').map((line) => line.trim().replace(/^- run: (['"]?)(.*)\1$/, '$2'));
    const notRun = commandsIn(textOf('README.md')).filter(
      (command) => !run.includes(adaptedInWorkflow[command] ?? command),
    );
    expect(notRun).toEqual([]);
  });

  test('tests/scenarios/README.md names every scenario file, and no other', () => {
    const named = textOf('tests/scenarios/README.md')
      .split(/^### /m)
      .slice(1)
      .flatMap((section) => {
        const [area = ''] = section.split('\n');
        const rows = section.split('\n').filter((line) => line.startsWith('| `'));
        return rows.flatMap((row) =>
          [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => `${area}/${name}`),
        );
      });
    const files = filesIn('tests/scenarios')
      .filter((file) => file.endsWith('.spec.ts'))
      .map((file) => path.relative('tests/scenarios', file).replace(/\.spec\.ts$/, ''));
    expect(named.toSorted()).toEqual(files.toSorted());
  });

  test('helpers/README.md names every folder of helpers', () => {
    const folders = readdirSync(path.join(projectFolder, 'helpers'), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name);
    const text = textOf('helpers/README.md');
    expect(folders.filter((name) => !new RegExp(`^\\| (?:\\[${name}\\]|\`${name}\`)`, 'm').test(text))).toEqual([]);
  });
});
