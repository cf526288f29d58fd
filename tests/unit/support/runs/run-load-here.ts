import { ShopDatabase } from '../../../../helpers/database/shop-database.ts';
import type { LoadSummary } from '../../../../helpers/load/measure/load-summary.ts';
import { loadPlan } from '../../../../helpers/load/plan/load-plan.ts';
import { ReportFolder } from '../../../../helpers/load/report/page/report-folder.ts';
import { concludeRun } from '../../../../helpers/load/run/conclude-run.ts';
import { LoadRun } from '../../../../helpers/load/run/load-run.ts';
import { loadTarget } from '../../../../helpers/profile/load-target.ts';
import type { ForcedFailure } from '../../../../helpers/settings/load/forced-failures.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import type { RestartableTarget } from '../../../../helpers/target-process/restartable-target.ts';
import { UserError } from '../../../../helpers/text/user-error.ts';
import { suiteEnvironment, type SuitePlace } from './suite-environment.ts';

/**
 * Runs a load run of one part as the suite does, within this process, and returns its summary.
 *
 * @param forced what it kills and starts, and how.
 */
export async function runLoadHere(
  place: SuitePlace,
  environment: Readonly<Record<string, string>>,
  forced: { readonly crashes?: readonly ForcedFailure[]; readonly target?: RestartableTarget } = {},
): Promise<LoadSummary> {
  const { crashes = [], target } = forced;
  const settings = parseSettings({ ...suiteEnvironment(place), ...environment });
  const profile = await loadTarget(settings.target);
  const folder = new ReportFolder(settings);
  const run = new LoadRun({
    ...{ plan: { ...(await loadPlan(settings, 1)), crashes }, part: 0, settings, profile, folder },
    restartable: () => target,
    seeder: () =>
      settings.database
        ? ShopDatabase.connect(settings.database, profile, settings.allowWritesTo)
        : Promise.reject(new UserError('DB_HOST is not set.')),
  });
  let blocked: string | undefined;
  try {
    await run.prepare();
    await run.run();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    blocked = error.message;
  }
  await run.finish(blocked);
  const summary = concludeRun(folder);
  if (!summary) throw new Error('The load run has left nothing.');
  return summary;
}
