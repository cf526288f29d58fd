import { errorPaths } from '../../../../profile/target-profile.ts';
import { answeredField } from '../../answered-field.ts';
import type { ScriptedExchange } from '../../evidence-of.ts';
import type { ScriptContext } from '../../script-context.ts';
import { quoted } from '../../lines/shell-words.ts';
import { numbersOf } from '../alike.ts';
import { isSuccess } from '../same-answer.ts';

const isTime = '^[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]';

/** Returns the lines for answers whose content type is not that of JSON. */
const wrongType = ({ finding, evidence }: ScriptContext): string[] => {
  const isNoted = /\/json\/i, seen "|its content type is /.test(finding.sentence);
  const answered = evidence.exchanges.filter(({ status, answer = '' }) => status !== undefined && answer !== '');
  if (!isNoted || answered.length === 0) return [];
  return [
    `for number in ${numbersOf(answered)}; do`,
    '  [ -s "$work/$number.body" ] || continue',
    '  case $(header "$number" content-type) in',
    '    *[Jj][Ss][Oo][Nn]*) ;;',
    `    *) shows "request $number is answered with the content type $(header "$number" content-type | plain 40)" ;;`,
    '  esac',
    'done',
  ];
};

/** Returns the lines for what a refusal is to have in its body and has not. */
const missingIn = (seen: ScriptedExchange, { profile: { errors } }: ScriptContext): string[] => {
  const number = seen.place + 1;
  return (['code', 'message', 'timestamp'] as const).flatMap((name) => {
    const paths = errorPaths(errors[name]);
    const [first] = paths;
    if (first === undefined) return [];
    const value = paths.map((path) => answeredField(seen.answer ?? '', path)).find(Boolean) ?? '';
    const isSame = `[ "$(status ${number})" != ${seen.status ?? 0} ] ||`;
    if (value === '') {
      const all = paths.map((path) => `$(field ${number} ${quoted(path)})`).join('');
      return [`${isSame} [ -n "${all}" ] || shows 'refusal ${number} has no ${name}'`];
    }
    if (name !== 'timestamp' || new RegExp(isTime).test(value)) return [];
    return [
      `${isSame} field ${number} ${quoted(first)} | grep -qE ${quoted(isTime)} || shows 'refusal ${number} says no time'`,
    ];
  });
};

/** Returns the lines for an answer that is cut off in its midst. */
const cutOff = ({ place, answer = '' }: ScriptedExchange): string[] =>
  /^\s*[[{]/.test(answer) && !/[\]}]\s*$/.test(answer)
    ? [
        `case $(body ${place + 1} | tr -d ' \\n\\r' | tail -c 1) in '}' | ']') ;; *) shows 'answer ${place + 1} is cut off' ;; esac`,
      ]
    : [];

/** Returns the lines that look whether answers again have not the form that all answers, and all refusals, have. */
export function typeVerdict(context: ScriptContext, seen?: ScriptedExchange): string[] | undefined {
  const some = seen ? [seen] : context.evidence.exchanges;
  const refused = some.filter(({ status, ...one }) => status !== undefined && !isSuccess({ status, ...one }));
  const lines = [
    ...wrongType(context),
    ...refused.flatMap((one) => missingIn(one, context)),
    ...(seen && isSuccess(seen) ? cutOff(seen) : []),
  ];
  return lines.length === 0 ? undefined : lines;
}
