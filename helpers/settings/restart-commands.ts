import type { ReadEnvironment } from './environment/environment-schema.ts';
import { SettingsError } from './settings-error.ts';

/** A program and its arguments, and the variable that they come from. */
export interface CommandSetting {
  readonly variable: string;
  readonly words: readonly string[];
}

/** How something is killed, without a chance to finish its work, and how it is started again. */
export interface RestartCommands {
  readonly kill: CommandSetting;
  readonly start: CommandSetting;
}

const pairs = {
  api: { kill: 'TARGET_KILL_COMMAND', start: 'TARGET_START_COMMAND' },
  database: { kill: 'DB_KILL_COMMAND', start: 'DB_START_COMMAND' },
} as const;

const what = { api: 'the API', database: 'the database server' } as const;

const readPair = (read: ReadEnvironment, of: keyof typeof pairs): RestartCommands | undefined => {
  const { kill, start } = pairs[of];
  const [toKill, toStart] = [read[kill], read[start]];
  if (toKill && toStart) {
    return { kill: { variable: kill, words: toKill }, start: { variable: start, words: toStart } };
  }
  if (!toKill && !toStart) return undefined;
  const [set, unset, does] = toKill ? [kill, start, 'starts it again'] : [start, kill, 'kills it'];
  throw new SettingsError(
    `${set} is set, but ${unset} is not, and ${what[of]} can only be killed where it can be started again. Set ${unset} to the command that ${does}, or unset ${set}.`,
  );
};

/**
 * Returns the commands that kill and start the target and its database server, as far as they are set.
 *
 * @throws SettingsError where one of a pair is missing, or the pair is for what the suite starts itself.
 */
export function readRestartCommands(read: ReadEnvironment): {
  readonly api?: RestartCommands;
  readonly database?: RestartCommands;
} {
  const [api, database] = [readPair(read, 'api'), readPair(read, 'database')];
  const needless = api ?? database;
  if (needless && read.BASE_URL === undefined) {
    throw new SettingsError(
      `${needless.kill.variable} and ${needless.start.variable} are for a target at BASE_URL, which is not set: the bundled shop and its private server are killed and started without them. Set BASE_URL, or unset both.`,
    );
  }
  return { ...(api && { api }), ...(database && { database }) };
}
