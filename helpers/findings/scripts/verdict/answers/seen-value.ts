import { isMissing } from '../../../../profile/endpoint-forms.ts';
import { isCallName } from '../../../kinds/call-words.ts';
import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted } from '../../lines/shell-words.ts';

/** Returns the fields that an answer to a call is promised to have, as names and paths. */
export function fieldsOf({ profile }: ScriptContext, call: string): readonly (readonly [name: string, path: string])[] {
  const endpoint = isCallName(call) ? profile.endpoints[call] : undefined;
  if (!endpoint || isMissing(endpoint)) return [];
  const answer = 'answer' in endpoint ? Object.entries(endpoint.answer) : [];
  const says = 'says' in endpoint ? Object.keys(endpoint.says ?? {}).map((name) => [name, name] as const) : [];
  return [...answer, ...says].flatMap(([name, path]) => (typeof path === 'string' ? [[name, path] as const] : []));
}

/** Returns the path of a field in the answer to a call. */
export const pathOf = (context: ScriptContext, call: string, name: string): string | undefined =>
  fieldsOf(context, call).find(([one]) => one === name)?.[1];

/** Returns a line that looks whether a field of an answer has the value again with which it broke the promise. */
export function sameValue(seen: ScriptedExchange, path: string): string[] {
  const value = answeredField(seen.answer ?? '', path);
  const number = seen.place + 1;
  if (value === undefined || value === '')
    return [`[ -n "$(field ${number} ${quoted(path)})" ] || shows ${quoted(`the answer says no ${path}`)}`];
  return [`[ "$(field ${number} ${quoted(path)})" != ${quoted(value)} ] || shows ${quoted(`${path} is ${value}`)}`];
}

/** Returns lines that are only looked at where an answer has the status that it had. */
export const whereAnswered = ({ place, status = 0 }: ScriptedExchange, lines: readonly string[]): string[] => [
  `if [ "$(status ${place + 1})" = ${status} ]; then`,
  ...lines.map((line) => `  ${line}`),
  'fi',
];
