import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { environmentWith } from '../settings/environment/child-environment.ts';
import { projectFolder } from '../text/project-folder.ts';

/** A part of `npm test`: a command of its own. */
export interface Part {
  readonly title: string;
  /** A program and its arguments. */
  readonly command: readonly [program: string, ...args: string[]];
  /**
   * Where its output goes: to the terminal as it is, line by line between that of other parts, or in one piece when it
   * has ended.
   */
  readonly output: 'terminal' | 'lines' | 'in the end';
}

/** A part of `npm test` that has ended. */
export interface EndedPart {
  readonly title: string;
  readonly passed: boolean;
  readonly seconds: number;
  /** Of its processes together; absent where the system does not tell. */
  readonly cpuSeconds?: number;
}

const ticksPerSecond = 100;

/** Returns the processor time that ended children of this process have used, in seconds. */
const cpuSecondsOfChildren = (): number | undefined => {
  try {
    const afterName = readFileSync('/proc/self/stat', 'utf8').replace(/^.*\) /s, '');
    const [user = NaN, system = NaN] = afterName.split(' ').slice(13, 15).map(Number);
    return (user + system) / ticksPerSecond;
  } catch {
    return undefined;
  }
};

let accountedCpuSeconds = cpuSecondsOfChildren();

/** Returns what has been added since the last call: a child counts, with all that it has waited for, once it has ended. */
const cpuSecondsOfEnded = (): number | undefined => {
  const before = accountedCpuSeconds;
  accountedCpuSeconds = cpuSecondsOfChildren();
  return before === undefined || accountedCpuSeconds === undefined ? undefined : accountedCpuSeconds - before;
};

const colours = (): Readonly<Record<string, string>> => (process.stdout.isTTY ? { FORCE_COLOR: '1' } : {});

/** Writes whole lines of a stream, and the rest of it when it has ended. */
const writeLines = (stream: Readable, write: (text: string) => void): void => {
  let rest = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const end = (rest += text).lastIndexOf('\n') + 1;
    if (end > 0) write(rest.slice(0, end));
    rest = rest.slice(end);
  });
  stream.on('end', () => {
    if (rest !== '') write(`${rest}\n`);
  });
};

/** Runs a part in the project's folder. A program that cannot be started is a part that fails. */
export async function runPart(
  { title, command: [program, ...args], output }: Part,
  print: (text: string) => void,
): Promise<EndedPart> {
  const started = performance.now();
  if (output !== 'in the end') print(`\n── ${title}\n`);
  const child = spawn(program, args, {
    cwd: projectFolder,
    env: environmentWith(output === 'terminal' ? {} : colours()),
    stdio: output === 'terminal' ? 'inherit' : ['inherit', 'pipe', 'pipe'],
  });
  let held = '';
  const write =
    output === 'in the end'
      ? (text: string) => {
          held += text;
        }
      : print;
  for (const stream of [child.stdout, child.stderr]) if (stream) writeLines(stream, write);
  let cpuSeconds: number | undefined;
  child.on('exit', () => {
    cpuSeconds = cpuSecondsOfEnded();
  });
  const passed = await new Promise<boolean>((resolve) => {
    child.on('error', (error) => {
      write(`${error.message}\n`);
      resolve(false);
    });
    child.on('close', (code) => {
      resolve(code === 0);
    });
  });
  const seconds = (performance.now() - started) / 1000;
  const outcome = passed ? 'ok' : `FAILED: ${title}`;
  print(output === 'in the end' ? `\n── ${title} (${seconds.toFixed(0)} s)\n${held}${outcome}\n` : `${outcome}\n`);
  return { title, passed, seconds, ...(cpuSeconds !== undefined && { cpuSeconds }) };
}
