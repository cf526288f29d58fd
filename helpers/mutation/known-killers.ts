import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { faults } from '../../fixtures/shops/reference/faults/all-faults.ts';
import { isForced } from './forced-scenarios.ts';
import type { MatrixResult } from './matrix-result.ts';

const file = path.join(import.meta.dirname, 'known-killers.json');

/** For each fault the scenario, as `file › title`, that caught it before: where to look first. */
export const knownKillers: Readonly<Record<string, string>> = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Remembers for each fault of a run one scenario that caught it, for a race one that forces it. One that was known stays
 * where none of the fault's own family is among them: the run may have been stopped before those.
 */
export function rememberKillers({ faults: results }: MatrixResult): void {
  const found = new Map(Object.entries(knownKillers));
  for (const { name, race, killedBy, byOwnFamily } of results) {
    if (!byOwnFamily && found.has(name)) continue;
    const first = (race ? killedBy.find(isForced) : undefined) ?? killedBy[0];
    if (first !== undefined) found.set(name, first);
  }
  const inOrder = faults.flatMap(({ name }) => (found.has(name) ? [[name, found.get(name)]] : []));
  writeFileSync(file, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
}
