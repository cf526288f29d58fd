import path from 'node:path';
import { expect, test } from '@playwright/test';
import { ReportFolder } from '../../../../helpers/load/report/page/report-folder.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';

type Environment = Parameters<typeof parseSettings>[0];

test.describe('report folder', () => {
  test('load run writes to load-report, any other run below test-results, unless LOAD_REPORT_DIR is set', () => {
    const folderOf = (environment: Environment): string =>
      path.relative(projectFolder, new ReportFolder(parseSettings(environment)).path);
    expect(folderOf({ LOAD_PROFILE: 'smoke' })).toBe('load-report');
    expect(folderOf({})).toBe(path.join('test-results', 'load-report'));
    expect(folderOf({ LOAD_REPORT_DIR: 'mine' })).toBe('mine');
    expect(folderOf({ LOAD_PROFILE: 'smoke', LOAD_REPORT_DIR: 'mine' })).toBe('mine');
  });
});
