import type { ScriptContext } from '../script-context.ts';
import { answerVerdict } from './answer-verdict.ts';
import { markVerdict } from './answers/mark-verdict.ts';
import { timeVerdict } from './answers/time-verdict.ts';
import { typeVerdict } from './answers/type-verdict.ts';
import { distinctVerdict, valueVerdict } from './answers/value-verdict.ts';
import { idVerdict } from './answers/id-verdict.ts';
import { nameVerdict } from './answers/name-verdict.ts';
import { countVerdict } from './count-verdict.ts';
import { englishVerdict } from './english-verdict.ts';
import { outcomeVerdict } from './outcome-verdict.ts';
import { roundVerdict } from './round-verdict.ts';
import { exactBalanceVerdict } from './tables/exact-balance-verdict.ts';
import { lackVerdict } from './tables/lack-verdict.ts';
import { rowsVerdict } from './tables/rows-verdict.ts';
import { shownVerdict } from './tables/shown-verdict.ts';
import { orphanVerdict } from './tables/orphan-verdict.ts';
import { heldVerdict, stateVerdict } from './tables/state-verdict.ts';
import { tableVerdict } from './tables/table-verdict.ts';
import type { Verdict } from './verdict-type.ts';

type Part = (context: ScriptContext) => string[] | undefined;

/** What failed where no answer by itself is wrong: the first of these that can tell by what. */
const ofAssertions: readonly Part[] = [
  ...[lackVerdict, exactBalanceVerdict, roundVerdict, idVerdict, nameVerdict],
  ...[stateVerdict, englishVerdict, outcomeVerdict, shownVerdict, markVerdict, timeVerdict],
  ...[rowsVerdict, orphanVerdict, distinctVerdict, valueVerdict, formOfAll],
];

function formOfAll(context: ScriptContext): string[] | undefined {
  return context.finding.kind === 'malformed-answer' ? typeVerdict(context) : undefined;
}

function firstOf(context: ScriptContext, parts: readonly Part[]): string[] | undefined {
  for (const part of parts) {
    const lines = part(context);
    if (lines) return lines;
  }
  return undefined;
}

/** Returns how it is found out whether a defect shows; undefined where the evidence does not tell. */
export function verdictOf(context: ScriptContext): Verdict | undefined {
  const { check, numbers, at } = context.finding.evidence;
  if (check !== undefined) return tableVerdict(context, check);
  const held = heldVerdict(context);
  if (held) return { held, lines: [] };
  const lines =
    numbers.requests !== undefined && (numbers.seen ?? 0) > (numbers.expected ?? 0)
      ? countVerdict(context)
      : at === undefined
        ? firstOf(context, ofAssertions)
        : answerVerdict(context, at);
  return lines && { lines };
}
