import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { projectFolder } from '../../helpers/text/project-folder.ts';

const textOf = (...file: readonly string[]): string => readFileSync(path.join(projectFolder, ...file), 'utf8');

const packageSchema = z.object({ engines: z.object({ node: z.string() }) });
const lockSchema = z.object({ packages: z.object({ '': packageSchema }) });

const enginesOf = (...file: readonly string[]): string =>
  packageSchema.parse(JSON.parse(textOf(...file, 'package.json'))).engines.node;

test.describe('required Node versions', () => {
  test('package-lock.json requires the same Node versions as package.json', () => {
    const lock = lockSchema.parse(JSON.parse(textOf('package-lock.json')));
    expect(lock.packages[''].engines.node).toBe(enginesOf());
  });

  // With `engine-strict`, npm would refuse any further version with an error about ESLint, not about this package.
  test('package.json requires exactly the Node versions that ESLint runs on', () => {
    expect(enginesOf()).toBe(enginesOf('node_modules', 'eslint').replaceAll(/(?<=\.\d+)\.0\b/g, ''));
  });

  test('README names the Node versions of package.json', () => {
    const versions = /\d+(?:\.\d+)?/g;
    const [sentence] = /You need Node .*?\. /.exec(textOf('README.md')) ?? [];
    expect(sentence?.match(versions)).toEqual(enginesOf().match(versions));
  });
});
