import path from 'node:path';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';

/** The target of a run of the suite and the folder for everything that it writes. */
export interface SuitePlace {
  /** Everything that the run writes goes below it. */
  readonly folder: string;
  readonly url: string;
  readonly database: DatabaseSettings;
}

/** Returns the environment for a run of the suite with one worker and all its reports in one folder. */
export function suiteEnvironment({ folder, url, database }: SuitePlace): Record<string, string> {
  return {
    BASE_URL: url,
    DB_HOST: database.host,
    DB_PORT: String(database.port),
    DB_USER: database.user,
    DB_PASSWORD: database.password,
    DB_NAME: database.name,
    WORKERS: '1',
    FINDINGS_DIR: path.join(folder, 'findings'),
    LOAD_REPORT_DIR: path.join(folder, 'load-report'),
    PLAYWRIGHT_HTML_OUTPUT_DIR: path.join(folder, 'html'),
    PLAYWRIGHT_JUNIT_OUTPUT_FILE: path.join(folder, 'junit.xml'),
    PLAYWRIGHT_JSON_OUTPUT_FILE: path.join(folder, 'report.json'),
    PLAYWRIGHT_BLOB_OUTPUT_DIR: path.join(folder, 'blob'),
  };
}
