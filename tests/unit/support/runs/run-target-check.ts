import { spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { childEnvironment } from '../../../../helpers/settings/environment/child-environment.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { checkTarget } from '../../../../helpers/target-check/check-target.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';

const reportSchema = z.object({
  misfits: z.number(),
  failures: z.number(),
  interrupted: z.boolean(),
  corrections: z.array(z.object({ property: z.array(z.string()), value: z.json().optional() })),
  steps: z.array(
    z.object({
      title: z.string(),
      outcome: z.string(),
      why: z.string().optional(),
      notes: z.array(z.string()),
      failures: z.array(z.object({ sentence: z.string(), kind: z.string().optional() })),
      misfits: z.array(
        z.object({
          problem: z.string(),
          suggestion: z.string(),
          place: z.object({ file: z.string(), line: z.number(), text: z.string() }).optional(),
          where: z.string().optional(),
        }),
      ),
    }),
  ),
});

/** The outcome of `npm run target:check`. */
export interface CheckRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** Both reports as they were written; empty where there are none. */
  readonly files: string;
  readonly report: z.infer<typeof reportSchema> | undefined;
}

interface RunOptions {
  /** Settings; all others are left to their defaults. */
  readonly environment: Readonly<Record<string, string>>;
  /** Gets the reports. */
  readonly folder: string;
  /** Ctrl-C is pressed once this has been printed. */
  readonly interruptAt?: string;
}

/** Runs `npm run target:check` as a process of its own. */
export async function runTargetCheck({ environment, folder, interruptAt }: RunOptions): Promise<CheckRun> {
  const cli = path.join(projectFolder, 'helpers', 'cli', 'target-check.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', cli, `--output=${folder}`], {
    cwd: projectFolder,
    env: childEnvironment(environment),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let isInterrupted = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
      if (isInterrupted || interruptAt === undefined || !output.includes(interruptAt)) return;
      isInterrupted = true;
      child.kill('SIGINT');
    });
  }
  const exitCode = await new Promise<number | null>((resolve) => {
    child.on('close', resolve);
  });
  return { exitCode, output, ...(await readReports(folder)) };
}

/** Checks a target as that command does, within this process. */
export async function checkTargetHere({ environment, folder }: Omit<RunOptions, 'interruptAt'>): Promise<CheckRun> {
  const { baseUrl, ...settings } = parseSettings(environment);
  if (baseUrl === undefined) throw new Error('BASE_URL is not given.');
  const printed: string[] = [];
  const exitCode = await checkTarget({
    settings: { ...settings, baseUrl },
    folder,
    signal: new AbortController().signal,
    colour: false,
    print: (text) => printed.push(text),
  });
  return { exitCode, output: printed.join('\n'), ...(await readReports(folder)) };
}

async function readReports(folder: string): Promise<Pick<CheckRun, 'files' | 'report'>> {
  const read = (name: string): Promise<string> => readFile(path.join(folder, name), 'utf8').catch(() => '');
  const json = await read('target-check.json');
  return {
    files: json + (await read('target-check.md')),
    report: json ? reportSchema.parse(JSON.parse(json)) : undefined,
  };
}

/**
 * Writes a file with a target profile.
 *
 * @param profile its source, in which `reference` and `notOffered` are imported.
 * @returns its path for `TARGET`.
 */
export async function writeProfile(file: string, profile: string): Promise<string> {
  const helpers = path.relative(path.dirname(file), path.join(projectFolder, 'helpers'));
  const lines = [
    `import { notOffered } from '${helpers}/profile/endpoint-forms.ts';`,
    `import { defineTarget } from '${helpers}/profile/target-profile.ts';`,
    `import { reference } from '${helpers}/profile/targets/reference.ts';`,
    'void notOffered;',
    `export default defineTarget(${profile});`,
    '',
  ];
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, lines.join('\n'));
  return path.relative(projectFolder, file);
}
