import { existsSync, readFileSync } from 'node:fs';
import { parseJson } from '../../text/json.ts';
import { UserError } from '../../text/user-error.ts';
import { findingsSchema, type Findings } from '../grouping/finding.ts';

/**
 * Returns the findings that JSON is.
 *
 * @param file where it is from, for the error.
 * @throws UserError when it is something else, or written by another version of the suite.
 */
export function parseFindings(json: unknown, file: string): Findings {
  const { success, data, error } = findingsSchema.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new UserError(
    `${file} is not the findings of a run of this version of the suite: ${place === '' ? '' : `at ${place}: `}` +
      `${issue?.message ?? 'it has another form'}. Run the scenarios again: npx playwright test.`,
  );
}

/**
 * Returns the findings in a file that a run has written.
 *
 * @throws UserError when there is none, or something else.
 */
export function readFindings(file: string): Findings {
  if (!existsSync(file)) {
    throw new UserError(
      `There is no ${file}. Run the scenarios first: npx playwright test. FINDINGS_DIR names the folder, if it is another.`,
    );
  }
  return parseFindings(parseJson(readFileSync(file, 'utf8')), file);
}
