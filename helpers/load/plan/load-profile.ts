import type { Flow } from './flow.ts';

/**
 * A load profile: a file in tests/load/profiles that exports one as its default, picked by `LOAD_PROFILE=its-file-name`. Every
 * setting of the environment (`LOAD_…`) goes before what it says.
 */
export interface LoadProfile {
  /** One line for people. */
  readonly description: string;
  /** Requests of a virtual user in an iteration. */
  readonly flow: Flow;
  /** @example '30s:100,1m:100,30s:0' */
  readonly stages: string;
  /** Amounts of orders to draw from, in won. Default: 10,000, 20,000, 30,000 and 50,000. */
  readonly amounts?: readonly number[];
  /** Pause after an iteration, in milliseconds. */
  readonly pauseMs: number;
  /** Pause between the payments of an iteration, in milliseconds. */
  readonly gapMs?: number;
  /** In k6's expressions. @example 'http_req_duration:p(95)<1000, errors:rate<0.1' */
  readonly thresholds: string;
  /** Accounts of the run, spread over all workers. Default: 100 */
  readonly accounts?: number;
  /** Products of the run, spread over all workers. Default: 10 */
  readonly products?: number;
  /**
   * `false`: the users and products of `USER_IDS` and `PRODUCT_IDS` (1-100 and 1-10 unless said) are used as they
   * are, and nothing is written past the API.
   */
  readonly seed?: boolean;
  /** Runs although its balance or stock cannot suffice. */
  readonly evenIfShort?: boolean;
}

/** Gives an editor the type to lead by. */
export function defineLoadProfile(profile: LoadProfile): LoadProfile {
  return profile;
}
