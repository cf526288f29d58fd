import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { z } from 'zod';
import { projectFolder } from '../../../helpers/text/project-folder.ts';

const textOf = (...file: readonly string[]): string => readFileSync(path.join(projectFolder, ...file), 'utf8');

const packageSchema = z.object({ engines: z.object({ node: z.string() }) });
const lockSchema = z.object({ packages: z.object({ '': packageSchema }) });

const enginesOf = (...file: readonly string[]): string =>
  packageSchema.parse(JSON.parse(textOf(...file, 'package.json'))).engines.node;

test.describe('the versions of Node that are asked for', () => {
  test('are what the lock file says too', () => {
    const lock = lockSchema.parse(JSON.parse(textOf('package-lock.json')));
    expect(lock.packages[''].engines.node).toBe(enginesOf());
  });

  // With `engine-strict`, a version that only the suite itself would do with ends in an error about somebody else's package.
  test('are those that ESLint runs on, which is the most particular', () => {
    expect(enginesOf()).toBe(enginesOf('node_modules', 'eslint').replaceAll(/(?<=\.\d+)\.0\b/g, ''));
  });

  test('are named by the README', () => {
    const versions = /\d+(?:\.\d+)?/g;
    const [sentence] = /You need Node .*?\. /.exec(textOf('README.md')) ?? [];
    expect(sentence?.match(versions)).toEqual(enginesOf().match(versions));
  });
});
