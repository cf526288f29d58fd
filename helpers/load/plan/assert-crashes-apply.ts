import { describeDuration } from '../../settings/load/duration.ts';
import { describeForcedFailures, type ForcedFailure } from '../../settings/load/forced-failures.ts';
import { totalDurationMs } from '../../settings/load/stages.ts';
import type { Settings } from '../../settings/settings.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import type { Pace } from './pace.ts';

interface Planned {
  readonly profile: string;
  readonly pace: Pace;
  readonly crashes: readonly ForcedFailure[];
}

type Commands = Pick<Settings, 'restart' | 'usesBundledShop' | 'usesPrivateDatabase'>;

/** Returns how long a run takes; undefined where it ends with its iterations. */
const plannedMs = (pace: Pace): number | undefined => {
  switch (pace.by) {
    case 'stages':
      return totalDurationMs(pace.stages);
    case 'rate':
      return pace.durationMs;
    case 'iterations':
      return pace.maxDurationMs;
  }
};

/**
 * Asserts that what LOAD_FAULTS kills can be killed and started, and that it all lies within the run.
 *
 * @throws SettingsError that names what is missing.
 */
export function assertCrashesApply({ crashes, pace, profile }: Planned, settings: Commands): void {
  const { restart, usesBundledShop, usesPrivateDatabase } = settings;
  const endMs = plannedMs(pace) ?? Infinity;
  const beyond = crashes.filter(({ atMs }) => atMs >= endMs);
  if (beyond.length > 0) {
    throw new SettingsError(
      `LOAD_FAULTS says ${describeForcedFailures(beyond)}, but the run takes ${describeDuration(endMs)} (${profile}): the moments count from the beginning of the load.`,
    );
  }
  const kills = (what: 'api' | 'database'): boolean => crashes.some(({ to }) => to === what);
  if (kills('api') && !usesBundledShop && !restart.api) {
    throw new SettingsError(
      'LOAD_FAULTS kills the API at BASE_URL: set TARGET_KILL_COMMAND and TARGET_START_COMMAND to the commands that do it and start it again.',
    );
  }
  if (kills('database') && !usesBundledShop && !restart.database) {
    throw new SettingsError(
      'LOAD_FAULTS kills the database server, which is not of this run: set DB_KILL_COMMAND and DB_START_COMMAND to the commands that do it and start it again.',
    );
  }
  if (kills('database') && !usesPrivateDatabase && usesBundledShop) {
    throw new SettingsError(
      'LOAD_FAULTS kills the database server of the bundled shop: unset DB_HOST, so that the shop has a private server of its own.',
    );
  }
  if (kills('database') && !usesBundledShop && !restart.api) {
    throw new SettingsError(
      'LOAD_FAULTS kills the database server: set TARGET_KILL_COMMAND and TARGET_START_COMMAND too, with which an API that does not recover is started again.',
    );
  }
}
