import { parseArgs } from 'node:util';
import { UserError } from '../../text/user-error.ts';
import { k6Installation } from './drivers/k6-installation.ts';
import { driverNames, type DriverName } from './measurement.ts';

/** Options of the bench. */
export interface BenchOptions {
  readonly help: boolean;
  readonly drivers: readonly DriverName[];
  /** VUs at which the drivers are compared. */
  readonly vus: readonly number[];
  /** Iterations of one run. */
  readonly iterations: number;
  readonly rounds: number;
  /** Iterations of the runs that show whether the cost grows; none: no such runs. */
  readonly lengths: readonly number[];
}

/** VUs of the runs that show whether the cost grows. */
export const vusOfLengths = 50;

export const benchHelp = `Usage: npm run bench [-- options]

Measures what the suite's load driver costs, next to k6 and autocannon that send the same: an order, then three payments
with one key. Runs against the bundled shop as a process of its own, or against BASE_URL with DB_HOST. The result is a
Markdown table, also in load-report/bench.md and bench.json. Exit code 0 when every run was measured.

  --drivers=LIST     of ${driverNames.join(', ')}, in the order of their turns (default: all)
  --vus=LIST         virtual users (default 10,50,200)
  --iterations=N     of each run (default 2000)
  --rounds=N         turns of all drivers at each number of VUs (default 3)
  --lengths=LIST     then one run of each driver with so many iterations at ${vusOfLengths} VUs, to see whether the cost of an
                     iteration grows (default 1000,10000,100000); --lengths= leaves them out
  --help             print this

${k6Installation}
`;

const wholeNumber = (option: string, text: string): number => {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= 1 && value <= 1_000_000) return value;
  throw new UserError(`--${option} has ${JSON.stringify(text)}, allowed are whole numbers from 1 to 1000000.`);
};

const wholeNumbers = (option: string, text: string): number[] =>
  text.split(',').map((part) => wholeNumber(option, part.trim()));

const driverNamed = (text: string): DriverName => {
  const driver = driverNames.find((name) => name === text.trim());
  if (driver) return driver;
  throw new UserError(`--drivers has ${JSON.stringify(text)}, allowed are ${driverNames.join(', ')}.`);
};

/**
 * Reads the command line.
 *
 * @throws UserError that says what is allowed.
 */
export function parseBenchOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      drivers: { type: 'string', default: driverNames.join(',') },
      vus: { type: 'string', default: '10,50,200' },
      iterations: { type: 'string', default: '2000' },
      rounds: { type: 'string', default: '3' },
      lengths: { type: 'string', default: '1000,10000,100000' },
    },
  });
  const options = {
    help: values.help,
    drivers: [...new Set(values.drivers.split(',').map(driverNamed))],
    vus: wholeNumbers('vus', values.vus),
    iterations: wholeNumber('iterations', values.iterations),
    rounds: wholeNumber('rounds', values.rounds),
    lengths: values.lengths === '' ? [] : wholeNumbers('lengths', values.lengths).toSorted((one, two) => one - two),
  };
  // k6 takes no run in which a VU would have nothing to do.
  if (options.vus.some((vus) => vus > options.iterations)) {
    throw new UserError(`--iterations=${options.iterations} is less than the VUs of --vus=${options.vus.join(',')}.`);
  }
  if (options.lengths.some((length) => length < vusOfLengths)) {
    throw new UserError(`--lengths=${options.lengths.join(',')} has fewer iterations than the ${vusOfLengths} VUs.`);
  }
  return options;
}
