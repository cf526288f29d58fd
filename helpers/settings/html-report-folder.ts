import path from 'node:path';

/** Returns the folder into which Playwright's HTML reporter writes. @param rootFolder the one of the configuration */
export function htmlReportFolder(rootFolder: string): string {
  const { PLAYWRIGHT_HTML_OUTPUT_DIR: folder, PLAYWRIGHT_HTML_REPORT: formerly } = process.env;
  // As Playwright does: an empty name is none.
  const named = [folder, formerly].find((one) => one !== undefined && one !== '');
  return named === undefined ? path.join(rootFolder, 'playwright-report') : path.resolve(named);
}
