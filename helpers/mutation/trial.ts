import type { RunOutcome } from '../report/outcome-reporter.ts';
import type { DatabaseSettings } from '../settings/settings.ts';

/** Where and how a shop is tried. */
export interface Trial {
  /** Names the run and its database. */
  readonly name: string;
  readonly server: DatabaseSettings;
  /** Playwright workers. */
  readonly workers: number;
  /** Go on after the first failure, to find all scenarios that catch a fault. */
  readonly allKillers: boolean;
  readonly signal: AbortSignal;
}

/** `file › title` of every scenario that failed. */
export const describe = ({ failed }: RunOutcome): string[] => failed.map(({ file, title }) => `${file} › ${title}`);
