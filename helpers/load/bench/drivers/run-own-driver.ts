import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { projectFolder } from '../../../text/project-folder.ts';
import { childEnvironment } from '../../../settings/environment/child-environment.ts';
import { loadSummarySchema, type LoadSummary } from '../../measure/load-summary.ts';
import type { BenchShop } from '../bench-shop.ts';
import { lastLines } from './last-lines.ts';
import { measureCommand } from '../measure-command.ts';
import type { Figures, DriverTask } from '../measurement.ts';

const cli = path.join(projectFolder, 'node_modules', '@playwright', 'test', 'cli.js');

/**
 * Explains why a run is no measurement; `undefined` if it is one. Thresholds are not asked: latency under full load is
 * the shop's.
 */
function whyNotMeasured(summary: LoadSummary, asked: number): string | undefined {
  const { iterations, refusals, ledger, reason, verdict } = summary;
  const [refusal] = refusals;
  if (refusal) return `${refusal.stage} refused ${refusal.count} times (${refusal.reason}): ${refusal.sample}`;
  if (ledger.problems[0] !== undefined) return ledger.problems[0];
  if (iterations < asked) return `only ${iterations} of ${asked} iterations, ${verdict}: ${reason}`;
  return undefined;
}

/**
 * Runs the suite's own load over one of its transports.
 *
 * @throws Error when the run did not do all that it was to do.
 */
export async function runOwnDriver(
  transport: 'undici' | 'playwright',
  shop: BenchShop,
  { vus, iterations }: DriverTask,
  signal: AbortSignal,
): Promise<Figures> {
  const folder = mkdtempSync(path.join(tmpdir(), 'order-pay-bench-'));
  try {
    const { database } = shop;
    const { output, errors, cpuSeconds, peakMemoryMb } = await measureCommand({
      command: [
        process.execPath,
        cli,
        'test',
        '--project=load',
        '--no-deps',
        `--output=${path.join(folder, 'results')}`,
      ],
      cwd: projectFolder,
      environment: childEnvironment({
        BASE_URL: shop.url,
        TARGET: shop.target,
        DB_HOST: database.host,
        DB_PORT: String(database.port),
        DB_USER: database.user,
        DB_PASSWORD: database.password,
        DB_NAME: database.name,
        ...(shop.allowWritesTo !== undefined && { ALLOW_WRITES_TO: shop.allowWritesTo }),
        WORKERS: '1',
        LOAD_PROFILE: 'payment-process',
        LOAD_VUS: String(vus),
        LOAD_ITERATIONS: String(iterations),
        LOAD_PAUSE_MS: '0',
        LOAD_GAP_MS: '0',
        LOAD_TRANSPORT: transport,
        LOAD_REPORT_DIR: folder,
        // The report of the last run of the scenarios stays.
        PLAYWRIGHT_HTML_OUTPUT_DIR: path.join(folder, 'html'),
        PLAYWRIGHT_JUNIT_OUTPUT_FILE: path.join(folder, 'junit.xml'),
      }),
      signal,
    });
    const file = path.join(folder, 'summary.json');
    if (!existsSync(file)) throw new Error(`no summary: ${lastLines(`${output}\n${errors}`)}`);
    const summary = loadSummarySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
    const failure = whyNotMeasured(summary, iterations);
    if (failure !== undefined) throw new Error(failure);
    if (summary.driver.cpuSeconds > cpuSeconds + 0.1) {
      throw new Error(`the load took ${summary.driver.cpuSeconds} s of CPU, its processes only ${cpuSeconds} s`);
    }
    return {
      iterations: summary.iterations,
      seconds: summary.durationSeconds,
      cpuSeconds,
      ownCpuSeconds: summary.driver.cpuSeconds,
      ...(peakMemoryMb !== undefined && { peakMemoryMb }),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
