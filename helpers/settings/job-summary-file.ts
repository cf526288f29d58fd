/** Returns the file that GitHub shows as the summary of a job, where the run is one. */
export const jobSummaryFile = (): string | undefined => process.env.GITHUB_STEP_SUMMARY || undefined;
