import { PreflightGround } from '../../../../fixtures/preflight/preflight-ground.ts';
import { runPreflight } from '../../../../fixtures/preflight/run-preflight.ts';
import { rateLimitOf } from '../../../../helpers/api/answers/rate-limit.ts';
import { loadTarget } from '../../../../helpers/profile/load-target.ts';
import { parseSettings } from '../../../../helpers/settings/settings.ts';
import { Blocked } from '../../../../helpers/text/blocked.ts';
import { suiteEnvironment, type SuitePlace } from './suite-environment.ts';

/** What the preflight of a run says. */
export interface PreflightOutcome {
  /** What the terminal shows where it blocks the run, empty where it passes. */
  readonly said: string;
  /** What it notes in the report, each as `type: description`. */
  readonly notes: readonly string[];
}

/** Runs the preflight as a run of the suite does, within this process. */
export async function preflightHere(
  place: SuitePlace,
  environment: Readonly<Record<string, string>> = {},
): Promise<PreflightOutcome> {
  const settings = parseSettings({ ...suiteEnvironment(place), ...environment });
  const profile = await loadTarget(settings.target);
  const notes: string[] = [];
  const ground = await PreflightGround.open({
    ...{ settings, profile, rateLimit: rateLimitOf(settings, profile), requestOptions: {} },
    report: {
      step: (_title, body) => body(),
      note: (type, description) => notes.push(`${type}: ${description}`),
    },
  });
  try {
    await runPreflight(ground);
    return { said: '', notes };
  } catch (error) {
    if (!(error instanceof Blocked)) throw error;
    return { said: `${error.name}: ${error.stack ?? error.message}`, notes };
  } finally {
    await ground.close();
  }
}
