import { spawn, type ChildProcess } from 'node:child_process';
import path from 'node:path';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';
import { childEnvironment } from '../../../../helpers/settings/environment/child-environment.ts';

/** The exit code of a command and all that it printed. */
export interface CommandRun {
  readonly exitCode: number | null;
  readonly output: string;
}

/**
 * Runs a command of `helpers/cli` as a process of its own.
 *
 * @param environment settings; all others are left to their defaults.
 * @param meanwhile acts on the process while it runs.
 */
export async function runCommand(
  name: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
  meanwhile?: (child: ChildProcess) => Promise<void>,
): Promise<CommandRun> {
  const cli = path.join(projectFolder, 'helpers', 'cli', `${name}.ts`);
  const child = spawn(process.execPath, ['--import', 'tsx', cli, ...options], {
    cwd: projectFolder,
    env: childEnvironment(environment),
  });
  let output = '';
  child.stdout.on('data', (data: Buffer) => (output += data.toString()));
  child.stderr.on('data', (data: Buffer) => (output += data.toString()));
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  await meanwhile?.(child);
  const exitCode = await closed;
  return { exitCode, output };
}
