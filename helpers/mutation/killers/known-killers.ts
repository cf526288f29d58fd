import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { faults } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import { isForced } from './forced-scenarios.ts';
import type { FaultResult } from '../matrix-result.ts';

const file = path.join(import.meta.dirname, 'known-killers.json');

/** For each fault the scenario, as `file › title`, that caught it before: where to look first. */
export const knownKillers: Readonly<Record<string, string>> = z
  .record(z.string(), z.string())
  .parse(JSON.parse(readFileSync(file, 'utf8')));

/**
 * Remembers for each fault of a run one scenario that caught it, for a race one that forces it. One that was known stays
 * where none of the fault's own family is among them.
 *
 * @returns the faults that another scenario is remembered for than before.
 */
export function rememberKillers(results: readonly FaultResult[]): string[] {
  const found = new Map(Object.entries(knownKillers));
  for (const { name, race, killedBy, byOwnFamily } of results) {
    if (!byOwnFamily && found.has(name)) continue;
    const first = (race ? killedBy.find(isForced) : undefined) ?? killedBy[0];
    if (first !== undefined) found.set(name, first);
  }
  const inOrder = faults.flatMap(({ name }) => (found.has(name) ? [[name, found.get(name)] as const] : []));
  const changed = inOrder.filter(([name, killer]) => knownKillers[name] !== killer).map(([name]) => name);
  if (changed.length > 0) writeFileSync(file, `${JSON.stringify(Object.fromEntries(inOrder), undefined, 2)}\n`);
  return changed;
}
