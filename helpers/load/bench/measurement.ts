/** The drivers, in the order in which they take turns: each of ours next to k6. */
export const driverNames = ['undici', 'k6', 'playwright', 'autocannon'] as const;

export type DriverName = (typeof driverNames)[number];

/** What one driver has to do. */
export interface DriverTask {
  readonly driver: DriverName;
  readonly vus: number;
  /** Iterations in all, shared among the VUs. */
  readonly iterations: number;
}

/** Cost of one run of a driver. */
export interface Figures {
  readonly iterations: number;
  /** Duration of the load alone by the driver's own clock, in seconds. */
  readonly seconds: number;
  /** CPU of all the driver's processes from their start to their end, user and system, in seconds. */
  readonly cpuSeconds: number;
  /** CPU of the load alone as the driver itself counts it, in seconds; only ours does. */
  readonly ownCpuSeconds?: number;
  /** Most memory that its processes held together, in MB; absent where the system does not tell. */
  readonly peakMemoryMb?: number;
}

/** A run of a driver: what it took, or why it came to nothing. */
export interface Measurement {
  readonly task: DriverTask;
  /** Runs of the same round were made one after the other and are compared with each other. */
  readonly round: number;
  readonly figures?: Figures;
  readonly failure?: string;
}

/** Returns the iterations per second. */
export const rateOf = ({ iterations, seconds }: Figures): number => iterations / seconds;

/** Returns the CPU time per iteration of the whole run with start and end, in milliseconds. */
export const cpuMsOf = ({ cpuSeconds, iterations }: Figures): number => (cpuSeconds * 1000) / iterations;

/** Returns the CPU time per iteration of the load alone, in milliseconds. */
export const ownCpuMsOf = ({ ownCpuSeconds, iterations }: Figures): number | undefined =>
  ownCpuSeconds === undefined ? undefined : (ownCpuSeconds * 1000) / iterations;
