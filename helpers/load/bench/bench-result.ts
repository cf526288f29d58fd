import type { DriverName, Measurement } from './measurement.ts';

/** The machine and what ran on it, for the reader to judge the numbers by. */
export interface Machine {
  readonly cores: number;
  readonly cpu: string;
  readonly node: string;
  /** Absent when there is no k6 on the PATH. */
  readonly k6?: string;
  /** @example 'MariaDB 10.11.19 (private)' */
  readonly database: string;
}

/** The content of `load-report/bench.json`. */
export interface BenchResult {
  /** ISO 8601. */
  readonly startedAt: string;
  readonly machine: Machine;
  /** Drivers that were asked for and are not installed. */
  readonly absent: readonly DriverName[];
  /** The comparison of the drivers. */
  readonly comparison: readonly Measurement[];
  /** The runs of growing length. */
  readonly lengths: readonly Measurement[];
}
