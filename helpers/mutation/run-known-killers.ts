import path from 'node:path';
import { z } from 'zod';
import type { RunOutcome } from '../report/outcome-reporter.ts';
import { projectFolder } from '../text/project-folder.ts';
import type { DatabaseSettings } from '../settings/settings.ts';
import { killersText, killersVariable } from '../settings/killers-text.ts';
import { runPlaywright } from './run-playwright.ts';

const killerSchema = z.object({
  /** Names the shop, and the project. */
  name: z.string(),
  shop: z.object({ url: z.string(), databaseName: z.string() }),
  /** As `file › title`. */
  scenario: z.string(),
});

/** A scenario that is to be run against a shop. */
export type Killer = z.infer<typeof killerSchema>;

/** What the process that started this Playwright wants to be run. */
export function killersToRun(): Killer[] {
  return z.array(killerSchema).parse(JSON.parse(killersText()));
}

/**
 * Runs one scenario against each of several shops, in one Playwright: most of a short run is its start.
 *
 * @returns the outcome, in which a shop's name is that of the project; nothing failed where there was none.
 */
export async function runKnownKillers(
  killers: readonly Killer[],
  run: { name: string; database: DatabaseSettings; signal: AbortSignal },
): Promise<RunOutcome & { seconds: number }> {
  const { outcome, seconds } = await runPlaywright({
    ...run,
    args: [`--config=${path.join(projectFolder, 'helpers/mutation/known-killers.config.ts')}`, '--workers=1'],
    environment: { [killersVariable]: JSON.stringify(killers) },
  });
  return { ...(outcome ?? { passed: 0, failed: [] }), seconds };
}
