/** Returns the file that GitHub shows as the summary of a job, where the run is one. */
export function jobSummaryFile(): string | undefined {
  const { GITHUB_STEP_SUMMARY: file } = process.env;
  return file === '' ? undefined : file;
}
