import { stripVTControlCharacters } from 'node:util';
import { groupedBy } from '../../../text/words/grouped-by.ts';
import { answeredField } from '../answered-field.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted } from '../lines/shell-words.ts';
import { numbersOf } from './alike.ts';
import { pathOf } from './answers/seen-value.ts';
import { isSuccess, sameAnswer } from './same-answer.ts';

/** Returns the lines for a request that was taken for a duplicate of one in flight, and is none. */
function takenForDuplicate(context: ScriptContext): string[] | undefined {
  const { evidence, profile } = context;
  const { code: path } = profile.errors;
  const { codes } = profile.refusals['in-progress'];
  if (path === undefined) return undefined;
  const taken = evidence.exchanges.filter((exchange) => {
    const code = isSuccess(exchange) ? undefined : answeredField(exchange.answer ?? '', path);
    return code !== undefined && codes.includes(code);
  });
  const [first] = taken;
  return first && taken.length === 1 ? [sameAnswer(first, taken, context)] : undefined;
}

/** Returns the lines for requests under one key that differ, of which more than one succeeded at once. */
function bothAccepted({ finding, evidence }: ScriptContext): string[] | undefined {
  const ofCall = evidence.exchanges.filter(({ call, key }) => call === finding.call && key !== undefined);
  const groups = [...groupedBy(ofCall, ({ key }) => key).values()].filter(
    (group) =>
      group.filter(isSuccess).length > 1 &&
      new Set(group.map(({ path, body }) => `${path} ${body ?? ''}`)).size === group.length &&
      Math.max(...group.map(({ sentAtMs }) => sentAtMs)) < Math.min(...group.map(({ endMs }) => endMs)),
  );
  const [group] = groups;
  if (!group || groups.length > 1) return undefined;
  return [
    `succeeded=$(count_of ${numbersOf(group)})`,
    '[ "$succeeded" -le 1 ] || shows "$succeeded requests that differ succeeded under one key"',
  ];
}

/** Returns the lines for requests that are answered with another user. */
function answeredToAnother(context: ScriptContext): string[] | undefined {
  if (context.evidence.before.accounts.length < 2) return undefined;
  const lines = context.evidence.exchanges.flatMap((exchange) => {
    const path = pathOf(context, exchange.call, 'userId');
    const user = context.ids.userOf(exchange);
    const number = exchange.place + 1;
    if (path === undefined || !user || !isSuccess(exchange)) return [];
    return [
      `named=$(field ${number} ${quoted(path)})`,
      `! succeeded ${number} || [ "$named" = "$${user.variable}" ] ||`,
      `  shows "request ${number} of user $${user.variable} is answered with user $(printf '%s' "$named" | plain 40)"`,
    ];
  });
  return lines.length === 0 ? undefined : lines;
}

/** Returns the lines for an assertion about the outcome of a request, where only one request can be meant. */
export function outcomeVerdict(context: ScriptContext): string[] | undefined {
  const error = stripVTControlCharacters(context.finding.evidence.error);
  if (error.includes('Expected: not "in-progress"')) return takenForDuplicate(context);
  const isAccepted = /Expected: "refused"\s+Received: "ok"|-\s+"refused",\n\+\s+"ok",/.test(error);
  if (isAccepted && context.finding.kind === 'key-not-bound-to-request') return bothAccepted(context);
  if (context.finding.kind === 'keys-confused') return answeredToAnother(context);
  const [only, ...others] = context.evidence.exchanges;
  const isRefused = /Expected: "ok"\s+Received: "refused"/.test(error) && others.length === 0;
  return only && isRefused && !isSuccess(only) ? [sameAnswer(only, [only], context)] : undefined;
}
