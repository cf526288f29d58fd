import type { RestartCommands } from '../settings/restart-commands.ts';
import { UserError } from '../text/user-error.ts';
import { LaunchedCommand } from './launched-command.ts';
import type { IsHealthy } from './restartable-target.ts';
import { waitUntil } from './wait-until.ts';

const maxKillMs = 30_000;
const maxDownMs = 10_000;

/** What two commands kill and start: an API, or a database server. */
export class RestartedProcess {
  readonly #commands: RestartCommands;
  readonly #isHealthy: IsHealthy | undefined;
  #launched: LaunchedCommand | undefined;

  /** @param isHealthy says whether it still runs; left out where nobody can tell. */
  constructor(commands: RestartCommands, isHealthy?: IsHealthy) {
    this.#commands = commands;
    this.#isHealthy = isHealthy;
  }

  /**
   * Runs the kill command, and waits until nothing is healthy any more.
   *
   * @throws UserError where it fails, takes more than 30 s, or the target still answers 10 s later.
   */
  async kill(): Promise<void> {
    const { kill, start } = this.#commands;
    const command = new LaunchedCommand(kill);
    try {
      await command.untilOver(maxKillMs);
    } finally {
      command.forget();
    }
    const isHealthy = this.#isHealthy;
    if (isHealthy && (await waitUntil(async () => !(await isHealthy()), maxDownMs)) === undefined) {
      throw new UserError(
        `${kill.variable} has ended, but the target still answers ${maxDownMs / 1000} s later. Name a command that kills it (as kill -9 does), and see that nothing but ${start.variable} starts it again.`,
      );
    }
    // One that our own start command runs in the foreground is dead, or what is left of it.
    await this.close();
  }

  /** Runs the start command: one that returns as well as one that is the server itself. */
  async start(): Promise<void> {
    await this.close();
    this.#launched = new LaunchedCommand(this.#commands.start);
  }

  /** @throws UserError where the start command has failed. */
  assertNotFailed(): void {
    this.#launched?.assertNotFailed();
  }

  /** Returns an error about what was started last; undefined where nothing was. */
  error(what: string): UserError | undefined {
    return this.#launched?.error(what);
  }

  /** Ends a server that the start command runs in the foreground. */
  async close(): Promise<void> {
    const launched = this.#launched;
    this.#launched = undefined;
    await launched?.end();
    launched?.forget();
  }
}
