import { isMissing } from '../../../profile/endpoint-forms.ts';
import { isCallName } from '../../kinds/call-words.ts';
import { answeredField } from '../answered-field.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { quoted } from '../lines/shell-words.ts';
import { statusOfReplay } from './status-of-replay.ts';

/** Returns the paths of the fields that two answers have in common, with different values. */
const differing = ({ profile }: ScriptContext, one: ScriptedExchange, other: ScriptedExchange): string[] => {
  const endpoint = isCallName(one.call) ? profile.endpoints[one.call] : undefined;
  if (!endpoint || isMissing(endpoint) || !('answer' in endpoint)) return [];
  const paths = Object.values(endpoint.answer).filter((path): path is string => typeof path === 'string');
  return paths.filter((path) => {
    const [said, before] = [answeredField(one.answer ?? '', path), answeredField(other.answer ?? '', path)];
    return said !== undefined && before !== undefined && said !== before;
  });
};

/** Returns the lines that compare a repeated request's answer with the original's, in what was seen to differ. */
export function replayVerdict(context: ScriptContext, seen: ScriptedExchange): string[] | undefined {
  const { finding, evidence, profile } = context;
  const original = evidence.exchanges[finding.evidence.original ?? -1];
  if (!original) return undefined;
  const [number, first] = [seen.place + 1, original.place + 1];
  const { header, body } = profile.policies.replay;
  const wanted = statusOfReplay(profile, seen.call);
  const isExact = body === 'bytes' && finding.kind === 'replay-differs';
  const fields = differing(context, seen, original);
  const lines = [
    ...(isExact && seen.answer !== original.answer
      ? [`  cmp -s "$work/${number}.body" "$work/${first}.body" || shows 'the repeated request has another answer'`]
      : fields.map(
          (path) =>
            `  [ "$(field ${number} ${quoted(path)})" = "$(field ${first} ${quoted(path)})" ] || shows ${quoted(`${path} is another one`)}`,
        )),
    ...(header && seen.isReplay === false
      ? [
          `  [ "$(header ${number} ${quoted(header.name)})" = ${quoted(header.value)} ] || shows 'it is not marked as a replay'`,
        ]
      : []),
    ...(wanted !== undefined && seen.status !== wanted
      ? [`  [ "$(status ${number})" = ${wanted} ] || shows "it has status $(status ${number})"`]
      : []),
  ];
  return lines.length === 0 ? undefined : [`if succeeded ${number} && succeeded ${first}; then`, ...lines, 'fi'];
}
