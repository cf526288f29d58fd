import type { ScriptContext } from '../script-context.ts';
import { answerVerdict } from './answer-verdict.ts';
import { countVerdict } from './count-verdict.ts';
import { englishVerdict } from './english-verdict.ts';
import { outcomeVerdict } from './outcome-verdict.ts';
import { stateVerdict } from './state-verdict.ts';
import { tableVerdict } from './table-verdict.ts';
import type { Verdict } from './verdict-type.ts';

/** Returns how it is found out whether a defect shows; undefined where the evidence does not tell. */
export function verdictOf(context: ScriptContext): Verdict | undefined {
  const { check, numbers, at } = context.finding.evidence;
  if (check !== undefined) return tableVerdict(context, check);
  const lines =
    numbers.requests !== undefined && (numbers.seen ?? 0) > (numbers.expected ?? 0)
      ? countVerdict(context)
      : at === undefined
        ? (stateVerdict(context) ?? englishVerdict(context) ?? outcomeVerdict(context))
        : answerVerdict(context, at);
  return lines && { lines };
}
