import type { TargetProfile } from '../../../profile/target-profile.ts';
import type { Finding } from '../../grouping/finding.ts';
import { isCallName } from '../../kinds/call-words.ts';
import { answeredField } from '../answered-field.ts';
import type { ScriptedExchange } from '../evidence-of.ts';
import type { ScriptContext } from '../script-context.ts';
import { statusesOf } from '../../../profile/refusal-forms.ts';
import { isSuccess } from './same-answer.ts';
import { statusOfReplay } from './status-of-replay.ts';

/** Returns the reasons for which the request of a finding was to be refused, and nothing but refused. */
export const dueRefusals = ({ evidence: { promised } }: Finding): readonly string[] =>
  promised && !promised.orSuccess ? promised.reasons : [];

/** In the sentence of a finding about a request whose transaction was ended: it was refused for what was not so. */
const notItsCause = /\(it was refused for [\w-]+, which is not what kept it from being done\)/;

/** In the sentence of a finding about many requests: the outcomes that they were to have. */
const dueReasons = (sentence: string): string[] => {
  const [, due = ''] = /\bof \d+ \w+ (.+?) were due, and /.exec(sentence) ?? [];
  return [...due.matchAll(/\d+ ([\w-]+)/g)].flatMap(([, name]) => name ?? []);
};

const isNoneOf = (names: readonly string[], seen: ScriptedExchange, { errors, refusals }: TargetProfile): boolean => {
  const code = errors.code === undefined ? undefined : answeredField(seen.answer ?? '', errors.code);
  const due = Object.entries(refusals).filter(([reason]) => names.includes(reason));
  return code !== undefined && due.length > 0 && due.every(([, { codes }]) => !codes.includes(code));
};

/**
 * Returns whether status and code of an answer are in themselves what the promise excludes. Where a promise is about
 * the content of an answer, the right answer has the same status and code.
 */
export function isExcluded(seen: ScriptedExchange, { finding, profile }: ScriptContext): boolean {
  const { kind, sentence } = finding;
  const [name] = dueRefusals(finding);
  const reasons = Object.entries(profile.refusals);
  const promised = reasons.find(([reason]) => reason === name)?.[1];
  if (isSuccess(seen)) {
    const endpoint = isCallName(seen.call) ? profile.endpoints[seen.call] : undefined;
    const success = endpoint && 'success' in endpoint ? [endpoint.success] : [];
    const right = [...success, statusOfReplay(profile, seen.call)];
    return kind === 'wrong-status' && (promised !== undefined || !right.includes(seen.status));
  }
  // Refused where nothing was to be refused, or for what was not so.
  if (kind !== 'wrong-cause' && kind !== 'wrong-status') return true;
  if (notItsCause.test(sentence)) return true;
  if (seen.status === undefined) return false;
  if (!promised) return isNoneOf(dueReasons(sentence), seen, profile);
  if (!statusesOf(promised).includes(seen.status)) return true;
  const { code: path } = profile.errors;
  const code = path === undefined ? undefined : answeredField(seen.answer ?? '', path);
  return path !== undefined && !(code !== undefined && promised.codes.includes(code));
}
