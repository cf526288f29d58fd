import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseDatabase } from '../../fixtures/shops/database/choose-database.ts';
import { rememberKillers } from '../mutation/known-killers.ts';
import { matrixHelp, parseMatrixOptions, type MatrixOptions } from '../mutation/matrix-options.ts';
import { isFullScore, matrixTable } from '../mutation/matrix-result.ts';
import { runMatrix } from '../mutation/run-matrix.ts';
import { soleKillers } from '../mutation/sole-killers.ts';
import { assertCorrectShopPasses } from '../mutation/try-fault.ts';
import { projectFolder } from '../text/project-folder.ts';
import { loadSettings } from '../settings/settings.ts';

const stopping = new AbortController();

const main = async (options: MatrixOptions): Promise<void> => {
  // The faulty shops of this process report their inner errors there, which are theirs and not the matrix's.
  console.error = () => undefined;
  const { signal } = stopping;
  const server = await chooseDatabase(loadSettings(), {
    log: (line) => {
      console.log(line);
    },
    signal,
  });
  try {
    const start = performance.now();
    await assertCorrectShopPasses({ ...options, name: 'correct', server, signal });
    const result = await runMatrix(options, server, signal);
    const file = path.join(projectFolder, 'test-results', 'faults.json');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(result, undefined, 2));
    if (options.allKillers) {
      rememberKillers(result);
      console.log(`\n${soleKillers(result.faults)}`);
    }
    console.log(`\n${matrixTable(result)}, ${Math.round((performance.now() - start) / 1000)} s`);
    process.exitCode = isFullScore(result) && !signal.aborted ? 0 : 1;
  } finally {
    await server.stop();
  }
};

// What a faulty shop leaves under way may fail when its database is gone.
process.on('unhandledRejection', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    stopping.abort();
  });
}

try {
  const options = parseMatrixOptions(process.argv.slice(2));
  if (options.help) console.log(matrixHelp.trimEnd());
  else await main(options);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
