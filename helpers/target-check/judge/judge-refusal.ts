import { classifyRefusal, mayMean } from '../../refusals/classify-refusal.ts';
import { describeOutcome } from '../../api/answers/exchange.ts';
import { isRecord, parseJson } from '../../text/json.ts';
import { missingErrorFields } from '../../api/answers/error-form.ts';
import { causeSaidIn } from '../../refusals/cause-said-in.ts';
import { conflictReasons, statusesOf, type NamedReason, type RefusalForm } from '../../profile/refusal-forms.ts';
import { refusalFormOf } from '../../profile/refusal-form-of.ts';
import { errorPaths, type ErrorForm, type TargetProfile } from '../../profile/target-profile.ts';
import { applyCorrection } from './apply-correction.ts';
import { describeCorrection, misfitOf, type Misfit } from './misfit.ts';
import type { Answered } from '../steps/facts.ts';
import { phraseOf } from '../suggest/phrase-of.ts';
import { suggestErrorField } from '../suggest/suggest-error-field.ts';

/** The first refusal with a code. */
export interface SeenRefusal {
  readonly reason: NamedReason;
  readonly message?: string | undefined;
}

/** What the target has shown before. */
interface SeenBefore {
  /** Codes that it is known to send. */
  readonly codes: ReadonlyMap<string, SeenRefusal>;
  readonly refusals: readonly Answered[];
}

/**
 * Returns all misfits between a refusal and the profile: the paths of the error's fields, and its cause.
 *
 * @param reasons the reasons that are true, the provoked one first.
 */
export function judgeRefusal(
  exchange: Answered,
  profile: TargetProfile,
  reasons: readonly [NamedReason, ...NamedReason[]],
  { codes: seen, refusals }: SeenBefore,
): Misfit[] {
  const [wanted] = reasons;
  const property = ['refusals', wanted];
  const { response, outcome } = exchange;
  if (outcome === 'ok') {
    return [
      {
        problem: `it should have been refused for ${wanted}, but: ${describeOutcome(exchange)}`,
        property,
        suggestion: 'the target must refuse this; no profile can allow it',
      },
    ];
  }
  const { status, body } = response;
  const ofErrors = judgeErrorForm(exchange, profile, refusals);
  const current = ofErrors.reduce(
    (changed, { correction }) => (correction ? applyCorrection(changed, correction) : changed),
    profile,
  );
  const refusal = classifyRefusal(current, status, body);
  const { reason, code, namedBy } = refusal;
  const accepted = reasons.find((one) => one === reason) ?? reasons.find((one) => mayMean(current, refusal, one));
  if (accepted !== undefined) {
    const { status: declared, codes } = refusalFormOf(current, accepted);
    const hasStatus = statusesOf({ status: declared, codes }).includes(status);
    if (code !== undefined && codes.length > 0 && !codes.includes(code)) {
      // Its message has revealed the cause, but another one may not.
      const problem = `${accepted} is refused with ${status} and code \`${code}\`, not ${codes.join(' or ')}`;
      return [
        ...ofErrors,
        misfitOf(problem, ['refusals', accepted], formWith(refusalFormOf(current, accepted), status, code, seen)),
      ];
    }
    if (hasStatus) return ofErrors;
    const value = typeof declared === 'number' ? status : [...declared, status];
    const problem = `${accepted} is refused with status ${status}, not ${[declared].flat().join(' or ')}`;
    return [...ofErrors, misfitOf(problem, ['refusals', accepted, 'status'], value)];
  }
  const problem =
    code === undefined
      ? `${wanted} is refused with ${status} and no code, and its message names no known cause${refusal.message === undefined ? '' : `: ${refusal.message}`}`
      : `${wanted} is refused with ${status} and code \`${code}\``;
  const form = formWith(refusalFormOf(current, wanted), status, code, seen);
  const shared = code === undefined || seen.has(code);
  const phrase = shared ? phraseOf(refusal.message) : undefined;
  const corrected = misfitOf(problem, property, phrase === undefined ? form : { ...form, says: [phrase] });
  if (namedBy === 'code' && phrase === undefined) {
    // One code cannot have two meanings.
    const suggestion = describeCorrection({ property, value: form });
    return [
      ...ofErrors,
      {
        problem: `${problem}, which the profile declares for ${reason}`,
        property,
        suggestion: `if the target uses it only for ${wanted}, ${suggestion} and remove it from '${reason}'`,
      },
    ];
  }
  const seemed = reason === 'unknown' ? problem : `${problem}, which reads like ${reason}`;
  const isTold = corrected.correction && isToldBy(applyCorrection(current, corrected.correction), response, wanted);
  return [
    ...ofErrors,
    ...(isTold && code !== undefined ? sharing(current, code, seen.get(code)) : []),
    isTold
      ? { ...corrected, problem: seemed }
      : { problem: seemed, property, suggestion: 'its status, code or message must distinguish it' },
  ];
}

/** Returns the misfit of the conflict that was the first to have a code, once another reason is seen to share it. */
function sharing(profile: TargetProfile, code: string, first: SeenRefusal | undefined): Misfit[] {
  const phrase = phraseOf(first?.message);
  if (!first || phrase === undefined || !conflictReasons.some((reason) => reason === first.reason)) return [];
  const form = refusalFormOf(profile, first.reason);
  if (form.says !== undefined || causeSaidIn(first.message ?? '') === first.reason) return [];
  const problem = `code \`${code}\` does not mean ${first.reason} alone`;
  return [misfitOf(problem, ['refusals', first.reason], { ...form, says: [phrase] })];
}

const isToldBy = (profile: TargetProfile, { status, body }: Answered['response'], wanted: NamedReason): boolean => {
  const refusal = classifyRefusal(profile, status, body);
  return refusal.reason === wanted || mayMean(profile, refusal, wanted);
};

/** Returns a refusal's form with the seen status and code, and with those declared codes that the target does send. */
function formWith(
  declared: RefusalForm,
  status: number,
  code: string | undefined,
  seen: ReadonlyMap<string, unknown>,
): RefusalForm {
  const kept = declared.codes.filter((one) => seen.has(one));
  const statuses = [...new Set([...(kept.length > 0 ? statusesOf(declared) : []), status])];
  return { status: statuses.length === 1 ? status : statuses, codes: code === undefined ? kept : [...kept, code] };
}

const isErrorForm = (exchange: Answered, profile: TargetProfile, errors: ErrorForm): boolean =>
  isRecord(parseJson(exchange.response.body)) && missingErrorFields(exchange, { ...profile, errors }).length === 0;

/** Returns the misfits of `errors`: fields that are not at the profile's paths. A plain sentence has none. */
function judgeErrorForm(exchange: Answered, profile: TargetProfile, before: readonly Answered[]): Misfit[] {
  const { status, body } = exchange.response;
  const json = parseJson(body);
  if (!isRecord(json)) return [];
  return (['code', 'message', 'timestamp'] as const).flatMap((field) => {
    const path = profile.errors[field];
    const [lacking] = missingErrorFields(exchange, { ...profile, errors: { [field]: path } });
    if (path === undefined || lacking === undefined) return [];
    const found = suggestErrorField(json, field, status);
    const property = ['errors', field];
    const paths = errorPaths(path);
    // Others have what is named: a framework's own errors often differ from those of the target's code.
    const isOfOthers = field === 'message' && before.some((one) => isErrorForm(one, profile, { message: path }));
    const value = found && (isOfOthers ? [...paths, found.path] : found.path);
    return found && !paths.includes(found.path)
      ? [misfitOf(`an error has \`${found.path}\`, not \`${lacking}\``, property, value)]
      : isOfOthers
        ? []
        : [misfitOf(`an error has no \`${lacking}\`, nor anything like it`, property, undefined)];
  });
}
