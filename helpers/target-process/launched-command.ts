import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { CommandSetting } from '../settings/restart-commands.ts';
import { projectFolder } from '../text/project-folder.ts';
import { withoutSecrets } from '../text/secrets.ts';
import { shownLine } from '../text/shown-text.ts';
import { UserError } from '../text/user-error.ts';
import { waitUntil } from './wait-until.ts';

const maxOutputLength = 2000;
const maxCommandLength = 200;
const maxEndMs = 5000;

/** A command that runs, or has run, in a process group of its own, so that Ctrl-C is ours to pass on. */
export class LaunchedCommand {
  readonly #name: string;
  readonly #child: ChildProcess;
  readonly #outputFile: string;
  readonly #ended: Promise<void>;
  readonly #killAtExit: () => void;
  #failure: string | undefined;

  /** Runs a command without a shell, in the project's folder and with this process's environment. */
  constructor({ variable, words }: CommandSetting) {
    const [program = '', ...args] = words;
    const folder = path.join(projectFolder, '.cache', 'commands');
    mkdirSync(folder, { recursive: true });
    this.#name = `${variable} (${shownLine(withoutSecrets(words.join(' ')), maxCommandLength)})`;
    this.#outputFile = path.join(folder, `${variable.toLowerCase()}-${randomUUID()}.log`);
    // A file and no pipe: what a command leaves running may go on writing when this process is gone.
    const output = openSync(this.#outputFile, 'w', 0o600);
    this.#child = spawn(program, args, { cwd: projectFolder, stdio: ['ignore', output, output], detached: true });
    closeSync(output);
    this.#killAtExit = () => {
      if (this.isRunning) this.#signal('SIGKILL');
    };
    process.once('exit', this.#killAtExit);
    this.#ended = new Promise((resolve) => {
      this.#child.once('error', ({ message }) => {
        this.#failure = `could not be run: ${message}`;
        resolve();
      });
      this.#child.once('exit', (code, signal) => {
        if (signal !== null) this.#failure = `was ended by ${signal}`;
        else if (code !== 0) this.#failure = `ended with exit code ${code}`;
        resolve();
      });
    });
    void this.#ended.then(() => process.off('exit', this.#killAtExit));
  }

  get isRunning(): boolean {
    const { exitCode, signalCode, pid } = this.#child;
    return pid !== undefined && exitCode === null && signalCode === null;
  }

  /** Returns an error that says what has happened to which command, with the last of its output. */
  error(what: string): UserError {
    const output = this.#output();
    return new UserError(`${this.#name} ${what}${output === '' ? ', and printed nothing.' : `:\n${output}`}`);
  }

  /** @throws UserError where it has ended and failed; one that still runs, or is over, has not. */
  assertNotFailed(): void {
    if (this.#failure !== undefined && !this.isRunning) throw this.error(this.#failure);
  }

  /** Waits until it has ended. @throws UserError where it fails, or takes longer than `maxMs` milliseconds. */
  async untilOver(maxMs: number): Promise<void> {
    if ((await waitUntil(() => !this.isRunning, maxMs)) === undefined) {
      await this.end();
      throw this.error(`did not end within ${maxMs / 1000} s`);
    }
    await this.#ended;
    this.assertNotFailed();
  }

  /** Ends it and all that it has started, if it still runs: politely at first. */
  async end(): Promise<void> {
    if (this.isRunning) {
      this.#signal('SIGTERM');
      await waitUntil(() => !this.isRunning, maxEndMs);
      // Its children, too, which may have outlived it.
      this.#signal('SIGKILL');
    }
    await this.#ended;
  }

  /** Removes what it has printed. */
  forget(): void {
    rmSync(this.#outputFile, { force: true });
  }

  #output(): string {
    const text = readFileSync(this.#outputFile, 'utf8').trim();
    return withoutSecrets(text).slice(-maxOutputLength);
  }

  #signal(signal: 'SIGTERM' | 'SIGKILL'): void {
    const { pid } = this.#child;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // All of them have ended.
    }
  }
}
