import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import path from 'node:path';
import { benchHelp, parseBenchOptions, type BenchOptions } from '../load/bench/bench-options.ts';
import { benchReport } from '../load/bench/report/bench-report.ts';
import type { BenchResult, Machine } from '../load/bench/bench-result.ts';
import { k6Installation } from '../load/bench/drivers/k6-installation.ts';
import { measureAll, plannedComparison, plannedLengths } from '../load/bench/measure-all.ts';
import type { Measurement, DriverTask } from '../load/bench/measurement.ts';
import { runDriver } from '../load/bench/drivers/run-driver.ts';
import { k6Version } from '../load/bench/drivers/run-k6.ts';
import { withBenchShop } from '../load/bench/with-bench-shop.ts';
import { projectFolder } from '../text/project-folder.ts';
import { loadSettings } from '../settings/settings.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

/** Warms the shop up, since its first requests are slow with any driver. */
const warmUp: DriverTask = { driver: 'autocannon', vus: 10, iterations: 300 };

const stopping = new AbortController();

const write = (text: string): void => {
  process.stdout.write(text);
};

const machineWith = (database: string, k6: string | undefined): Machine => ({
  cores: availableParallelism(),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  node: process.versions.node,
  ...(k6 !== undefined && { k6 }),
  database,
});

const measure = (options: BenchOptions, k6: string | undefined): Promise<BenchResult> => {
  const startedAt = new Date().toISOString();
  const { signal } = stopping;
  const log = (line: string): void => {
    write(`${line}\n`);
  };
  return withBenchShop(loadSettings(), { log, signal }, async (shop, server) => {
    const absent = options.drivers.filter((driver) => driver === 'k6' && k6 === undefined);
    const present = { ...options, drivers: options.drivers.filter((driver) => !absent.includes(driver)) };
    const run = (task: DriverTask) => runDriver(shop, task, signal);
    write(`warming up ${shop.url}\n`);
    await run(warmUp);
    const comparison = await measureAll(plannedComparison(present), run, write, signal);
    const lengths = await measureAll(plannedLengths(present), run, write, signal);
    return { startedAt, machine: machineWith(server, k6), absent, comparison, lengths };
  });
};

const publish = (result: BenchResult): void => {
  const report = benchReport(result);
  const folder = path.join(projectFolder, 'load-report');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'bench.md'), `${report}\n`);
  writeFileSync(path.join(folder, 'bench.json'), `${JSON.stringify(result, undefined, 2)}\n`);
  write(`\n${report}\n`);
};

const isFailed = ({ failure }: Measurement): boolean => failure !== undefined;

const main = async (): Promise<void> => {
  const options = parseBenchOptions(process.argv.slice(2));
  if (options.help) {
    write(benchHelp);
    return;
  }
  const k6 = options.drivers.includes('k6') ? k6Version() : undefined;
  if (options.drivers.includes('k6') && k6 === undefined) {
    write(`k6 is not on the PATH, so it is not measured. ${k6Installation}\n`);
  }
  const result = await measure(options, k6);
  const made = [...result.comparison, ...result.lengths];
  // A bench that was stopped before its first result leaves the last report as it is.
  if (made.length > 0) publish(result);
  process.exitCode = stopping.signal.aborted || made.some(isFailed) ? 1 : 0;
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopping.abort();
  });
}

ignoreUnreadOutput();

try {
  await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
