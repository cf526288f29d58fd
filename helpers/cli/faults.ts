import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { rememberKillers } from '../mutation/killers/known-killers.ts';
import { matrixHelp, parseMatrixOptions, type MatrixOptions } from '../mutation/matrix-options.ts';
import { isFullScore, matrixTable } from '../mutation/matrix-result.ts';
import { runMatrix } from '../mutation/run-matrix.ts';
import { ShopHosts } from '../mutation/hosts/shop-hosts.ts';
import { soleKillers } from '../mutation/killers/sole-killers.ts';
import { projectFolder } from '../text/project-folder.ts';
import { isCi } from '../settings/settings.ts';
import { describeInYardsticks, measureYardstick } from './yardstick.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const stopping = new AbortController();

const log = (line: string): void => {
  console.log(line);
};

const main = async (options: MatrixOptions): Promise<void> => {
  const { signal } = stopping;
  const start = performance.now();
  const secondsSoFar = (): number => (performance.now() - start) / 1000;
  // Scenarios read who waits for a lock one after the other on each server, so that few servers keep many of them waiting.
  const hosts = await ShopHosts.start(Math.min(options.workers, 2 * availableParallelism()), { log, signal });
  try {
    log(`${hosts.server}, after ${secondsSoFar().toFixed(1)} s; the first results come in some seconds`);
    const result = await runMatrix(options, hosts, signal);
    const seconds = secondsSoFar();
    const file = path.join(projectFolder, 'test-results', 'faults.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...result, seconds }, undefined, 2));
    if (options.allKillers) log(`\n${soleKillers(result.faults)}`);
    if (!isCi()) {
      for (const name of rememberKillers(result.faults)) log(`${name} is known to be caught by another scenario now`);
    }
    log(`\n${matrixTable(result)}`);
    if (!signal.aborted) log(describeInYardsticks('matrix', seconds, await measureYardstick(hosts.database)));
    process.exitCode = isFullScore(result) && !signal.aborted ? 0 : 1;
  } finally {
    await hosts.stop();
  }
};

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    stopping.abort();
  });
}

ignoreUnreadOutput();

try {
  const options = parseMatrixOptions(process.argv.slice(2));
  if (options.help) console.log(matrixHelp.trimEnd());
  else await main(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
