import { spawn } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { text as textOf } from 'node:stream/consumers';
import { parseTimes } from './drivers/parse-times.ts';
import { memoryOfDescendants } from './process-memory.ts';

/** A program to run and measure. */
interface Command {
  /** The program and its arguments. */
  readonly command: readonly [string, ...string[]];
  readonly cwd?: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Ends the program. */
  readonly signal: AbortSignal;
}

/** Output and cost of a program. */
interface CommandCost {
  readonly exitCode: number | null;
  readonly output: string;
  /** Its output to stderr. */
  readonly errors: string;
  /** User and system time of the program and of all that it waited for, in seconds. */
  readonly cpuSeconds: number;
  /** See `memoryOfDescendants`; absent where the system does not tell. */
  readonly peakMemoryMb?: number;
}

const sampleEveryMs = 250;
const killAfterMs = 15_000;

// The kernel adds up the time of every process that was waited for, to the last tick, where sampling would miss what a
// process does between the last sample and its end. The shell prints that sum to a pipe that the program does not have.
const script = '"$@" 3>&-; code=$?; times >&3; exit $code';

const readAll = (pipe: Readable | Writable | null | undefined): Promise<string> =>
  pipe && 'read' in pipe ? textOf(pipe) : Promise.resolve('');

/**
 * Runs a program to its end and measures what it takes.
 *
 * @throws Error when it was ended by the signal, or could not be measured.
 */
export async function measureCommand({ command, cwd, environment, signal }: Command): Promise<CommandCost> {
  signal.throwIfAborted();
  const child = spawn('/bin/sh', ['-c', script, 'sh', ...command], {
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    env: { ...environment, LC_ALL: 'C' },
    // A process group of its own: Ctrl-C reaches it through this process alone, and then all of it.
    detached: true,
    ...(cwd !== undefined && { cwd }),
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command[0]} could not be started.`);
  const killGroup = (name: 'SIGINT' | 'SIGKILL'): void => {
    try {
      process.kill(-pid, name);
    } catch {
      // All of it has ended.
    }
  };
  let killTimer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    killGroup('SIGINT');
    killTimer = setTimeout(killGroup, killAfterMs, 'SIGKILL');
  };
  let peakMemoryMb = 0;
  const sampling = setInterval(() => {
    peakMemoryMb = Math.max(peakMemoryMb, memoryOfDescendants(pid));
  }, sampleEveryMs);
  signal.addEventListener('abort', stop, { once: true });
  try {
    const ended = new Promise<number | null>((resolve, reject) => {
      child.on('error', reject).on('close', resolve);
    });
    const [exitCode, output, errors, timesText] = await Promise.all([
      ended,
      readAll(child.stdout),
      readAll(child.stderr),
      readAll(child.stdio[3]),
    ]);
    signal.throwIfAborted();
    return {
      exitCode,
      output,
      errors,
      cpuSeconds: parseTimes(timesText),
      ...(peakMemoryMb > 0 && { peakMemoryMb }),
    };
  } finally {
    clearInterval(sampling);
    clearTimeout(killTimer);
    signal.removeEventListener('abort', stop);
  }
}
