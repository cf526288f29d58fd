import { groupedBy } from '../../text/words/grouped-by.ts';
import type { FaultResult } from '../matrix-result.ts';

/**
 * Returns for each scenario which faults would survive without it: those that no other scenario catches. Says so only
 * of results for which no run was stopped at its first failure.
 *
 * @returns lines of text, the scenario on which most depends first.
 */
export function soleKillers(faults: readonly FaultResult[]): string {
  const caughtOnce = [...groupedBy(faults, ({ name }) => name)].flatMap(([name, results]) => {
    const [scenario, ...others] = new Set(results.flatMap(({ killedBy }) => killedBy));
    return scenario === undefined || others.length > 0 ? [] : [{ name, scenario }];
  });
  const byScenario = [...groupedBy(caughtOnce, ({ scenario }) => scenario)].toSorted(
    ([, some], [, others]) => others.length - some.length,
  );
  return [
    `${caughtOnce.length} faults are caught by one scenario alone, and get through when it is deleted:`,
    ...byScenario.map(([scenario, alone]) => `  ${scenario}: ${alone.map(({ name }) => name).join(', ')}`),
  ].join('\n');
}
