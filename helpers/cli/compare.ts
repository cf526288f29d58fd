import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseFindings } from '../findings/accepted/read-findings.ts';
import { comparedFindings } from '../findings/report/compared-findings.ts';
import { isRecord, parseJson } from '../text/json.ts';
import { loadSummarySchema, type LoadSummary } from '../load/measure/load-summary.ts';
import { compareSummaries } from '../load/report/compare/compare-summaries.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run compare -- before.json after.json

Compares two runs, as Markdown. The files are both of one of these:

  load-report/summary.json  every figure of two load runs side by side, its change, and the change in per cent
  findings/findings.json    which findings are new, gone and still there. The exit code is 1 where the later run has a
                            new one that is not accepted

  --help  print this
`;

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error && 'code' in error && error.code === 'ENOENT' ? 'does not exist' : undefined;
    throw new UserError(
      `${file} ${reason ?? `cannot be read: ${error instanceof Error ? error.message : String(error)}`}.`,
    );
  }
};

const isFindings = (json: unknown): boolean => isRecord(json) && 'version' in json && 'findings' in json;

const jsonIn = (file: string): unknown => {
  const json = parseJson(textOf(file));
  if (json === undefined)
    throw new UserError(`${file} is neither a summary of a load run nor findings: it is not JSON.`);
  return json;
};

const summaryOf = (json: unknown, file: string): LoadSummary => {
  const { success, data, error } = loadSummarySchema.safeParse(json);
  if (success) return data;
  const [issue] = error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new UserError(
    `${file} is not the summary of a load run: ${place === '' ? '' : `at ${place}: `}${issue?.message ?? 'it has another form'}.`,
  );
};

const compare = (): string => {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) return help.trimEnd();
  const [before, after, ...others] = positionals;
  if (before === undefined || after === undefined || others.length > 0) {
    throw new UserError('Two runs are compared: npm run compare -- before.json after.json.');
  }
  const [earlier, later] = [jsonIn(before), jsonIn(after)];
  if (isFindings(earlier) !== isFindings(later)) {
    const [findings, other] = isFindings(earlier) ? [before, after] : [after, before];
    throw new UserError(`${findings} has findings, but ${other} does not: two files of the same kind are compared.`);
  }
  if (!isFindings(earlier)) return compareSummaries(summaryOf(earlier, before), summaryOf(later, after));
  const { text, hasNew } = comparedFindings(parseFindings(earlier, before), parseFindings(later, after));
  if (hasNew) process.exitCode = 1;
  return text;
};

ignoreUnreadOutput();

try {
  console.log(compare());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
