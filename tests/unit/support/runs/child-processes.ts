import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { processStartTime } from '../../../../fixtures/shops/database/server/process-start-time.ts';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';

/** A process that a test has started. */
export type Child = ChildProcessByStdio<null, Readable, Readable>;

const children: Child[] = [];

/**
 * Starts Node in the project's folder.
 *
 * @param variables as `NAME=value`; all others are this process's own.
 */
export function startNode(variables: string[], args: string[]): Child {
  const child = spawn('env', [...variables, process.execPath, ...args], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  return child;
}

/** Waits for the first line that a process prints. */
export async function firstLineOf({ stdout, stderr }: Child): Promise<string> {
  for await (const line of createInterface(stdout)) return line;
  throw new Error(`It ended without a line: ${await text(stderr)}`);
}

/** Kills a process with SIGKILL and waits for its end. */
export async function killChild(child: Child): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

/** Kills all processes that {@link startNode} started. */
export function killChildren(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}

/** Tells whether a process runs. */
export const isRunning = async (pid: number): Promise<boolean> => (await processStartTime(pid)) !== undefined;
