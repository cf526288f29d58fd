import type { DatabaseSettings } from '../../settings/settings.ts';

/** The shop that all drivers are sent against. */
export interface BenchShop {
  readonly url: string;
  readonly database: DatabaseSettings;
  /** Name of its target profile. */
  readonly target: string;
  readonly allowWritesTo?: string;
}
