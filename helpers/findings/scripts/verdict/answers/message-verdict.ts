import { errorPaths } from '../../../../profile/target-profile.ts';
import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { sameValue } from './seen-value.ts';

const isNoted = /\bbut its message speaks of |\bit says (?:required|available) \d/;

/**
 * Returns the line for a refusal whose message says what is not so: whether it says the same again, to the letter. What a
 * message means no script can tell, but balances, prices and stock are those of the scenario.
 */
export function sameMessage(seen: ScriptedExchange, { finding, profile }: ScriptContext): string[] {
  if (!isNoted.test(finding.sentence)) return [];
  const said = errorPaths(profile.errors.message).filter(
    (path) => (answeredField(seen.answer ?? '', path) ?? '') !== '',
  );
  return said.slice(0, 1).flatMap((path) => sameValue(seen, path));
}
