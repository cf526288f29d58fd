import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted } from '../../lines/shell-words.ts';

/** Returns the lines for answers that are marked as replays, and are the first under their key. */
export function markVerdict({ finding, evidence, profile }: ScriptContext): string[] | undefined {
  const { header } = profile.policies.replay;
  if (!header || !/xpected not "\w+", and it is/.test(finding.sentence)) return undefined;
  const isFirst = ({ key, place }: ScriptedExchange): boolean =>
    key === undefined || !evidence.exchanges.slice(0, place).some((one) => one.key === key);
  const marked = evidence.exchanges.filter((one) => one.isReplay === true && isFirst(one));
  if (marked.length === 0) return undefined;
  return marked.map(
    ({ place }) =>
      `[ "$(header ${place + 1} ${quoted(header.name)})" != ${quoted(header.value)} ] || shows 'request ${place + 1} is the first, and answered as a replay'`,
  );
}
