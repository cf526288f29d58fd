import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { waitingScenarios } from '../../../helpers/mutation/waiting-scenarios.ts';
import { projectFolder } from '../../../helpers/text/project-folder.ts';

test.describe('waiting scenarios', () => {
  test('are in files that there are', () => {
    const files = readdirSync(path.join(projectFolder, 'tests', 'scenarios'), { recursive: true, encoding: 'utf8' });
    expect(files.map((file) => path.basename(file))).toEqual(expect.arrayContaining([...waitingScenarios]));
  });
});
