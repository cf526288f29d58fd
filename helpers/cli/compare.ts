import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { parseJson } from '../text/json.ts';
import { loadSummarySchema, type LoadSummary } from '../load/measure/load-summary.ts';
import { compareSummaries } from '../load/report/compare-summaries.ts';
import { UserError } from '../text/user-error.ts';

const help = `Usage: npm run compare -- before.json after.json

Prints two load runs side by side as a Markdown table: every figure of both summaries (load-report/summary.json), its
change, and the change in per cent.

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

const summaryIn = (file: string): LoadSummary => {
  const json = parseJson(textOf(file));
  if (json === undefined) throw new UserError(`${file} is not the summary of a load run: it is not JSON.`);
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
    throw new UserError('Two summaries are compared: npm run compare -- before.json after.json.');
  }
  return compareSummaries(summaryIn(before), summaryIn(after));
};

try {
  console.log(compare());
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
