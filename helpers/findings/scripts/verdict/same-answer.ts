import { answeredField } from '../answered-field.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted } from '../lines/shell-words.ts';
import { numbersOf } from './alike.ts';

/** Returns whether a request was answered with a success. */
export const isSuccess = ({ status = 0 }: ScriptedExchange): boolean => status >= 200 && status < 300;

/** Returns a line that looks whether one of some requests got status and code that were seen. */
export const sameAnswer = (
  seen: ScriptedExchange,
  among: readonly ScriptedExchange[],
  { profile }: ScriptContext,
): string => {
  const { code: path } = profile.errors;
  const code = path === undefined || isSuccess(seen) ? undefined : answeredField(seen.answer ?? '', path);
  const test =
    `[ "$(status "$number")" = ${seen.status ?? 0} ]` +
    (path === undefined || isSuccess(seen)
      ? ''
      : ` && [ "$(field "$number" ${quoted(path)})" = ${quoted(code ?? '')} ]`);
  const what = code === undefined || !/^[\w-]+$/.test(code) ? `${seen.status ?? 0}` : `${seen.status ?? 0} ${code}`;
  return `for number in ${numbersOf(among)}; do ! { ${test}; } || shows "request $number is answered ${what}"; done`;
};
