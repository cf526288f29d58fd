import type { Settings } from '../settings/settings.ts';
import { UserError } from '../text/user-error.ts';
import type { IsHealthy, RestartableTarget } from './restartable-target.ts';
import { RestartedProcess } from './restarted-process.ts';
import { waitUntil } from './wait-until.ts';

/**
 * Returns the target whose API is killed and started by TARGET_KILL_COMMAND and TARGET_START_COMMAND, and whose database
 * server by DB_KILL_COMMAND and DB_START_COMMAND if they are set.
 *
 * @param isHealthy says whether the API works.
 * @returns undefined where the commands for the API are not set.
 */
export function commandedTarget(
  { restart }: Pick<Settings, 'restart'>,
  isHealthy: IsHealthy,
): RestartableTarget | undefined {
  if (!restart.api) return undefined;
  const api = new RestartedProcess(restart.api, isHealthy);
  const database = restart.database && new RestartedProcess(restart.database);
  const all = [api, ...(database ? [database] : [])];
  const assertStarted = (): void => {
    for (const one of all) one.assertNotFailed();
  };
  return {
    killApi: () => api.kill(),
    startApi: () => api.start(),
    ...(database && {
      killDatabase: () => database.kill(),
      startDatabase: () => database.start(),
      databaseError: (what: string) => database.error(what),
    }),
    assertStarted,
    async untilHealthy(maxMs) {
      const waitedMs = await waitUntil(() => {
        assertStarted();
        return isHealthy();
      }, maxMs);
      if (waitedMs !== undefined) return waitedMs;
      const what = `has been run, but the API is not healthy after ${maxMs / 1000} s`;
      throw (
        all.map((one) => one.error(what)).find(Boolean) ??
        new UserError(`The API is not healthy after ${maxMs / 1000} s.`)
      );
    },
    async close() {
      await Promise.all(all.map((one) => one.close()));
    },
  };
}
