import type { UserError } from '../text/user-error.ts';

/** A target that can be killed at any moment, as by a crash, and started again at the same address. */
export interface RestartableTarget {
  /** Kills the API's process at once, without a chance to finish anything. Resolves when nothing answers any more. */
  killApi(): Promise<void>;
  /** Starts the API again, unless it is known to run. It may answer only later: see `untilHealthy`. */
  startApi(): Promise<void>;
  /** Kills the database server in the same way. Absent where that is not possible. */
  readonly killDatabase?: () => Promise<void>;
  /** Starts the database server again, unless it is known to run. */
  readonly startDatabase?: () => Promise<void>;
  /** Throws UserError where a command that has started something has failed meanwhile. */
  readonly assertStarted?: () => void;
  /** Returns an error about the command that has started the database server, with what it has printed. */
  readonly databaseError?: (what: string) => UserError | undefined;
  /**
   * Waits until the API is healthy.
   *
   * @returns the wait in milliseconds.
   * @throws UserError where it is not within `maxMs` milliseconds, with what its start command has printed.
   */
  untilHealthy(maxMs: number): Promise<number>;
  /** Ends what was started here and would otherwise be left over; may be called again. */
  close(): Promise<void>;
}

/** Returns whether the API works at this moment; never throws. */
export type IsHealthy = () => Promise<boolean>;
