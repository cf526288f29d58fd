import { classifyRefusal, mayMean } from '../../refusals/classify-refusal.ts';
import { describeOutcome } from '../../api/exchange.ts';
import { parseJson, valueAt } from '../../text/json.ts';
import { statusesOf, type NamedReason, type RefusalForm } from '../../profile/refusal-forms.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { applyCorrection } from './apply-correction.ts';
import { describeCorrection, misfitOf, type Misfit } from './misfit.ts';
import type { Answered } from '../steps/facts.ts';
import { suggestErrorField } from '../suggest/suggest-error-field.ts';

/**
 * Returns all misfits between a refusal and the profile: the paths of the error's fields, and its cause.
 *
 * @param reasons the reasons that are true, the provoked one first.
 * @param seenCodes codes that the target is known to send.
 */
export function judgeRefusal(
  exchange: Answered,
  profile: TargetProfile,
  reasons: readonly [NamedReason, ...NamedReason[]],
  seenCodes: ReadonlySet<string>,
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
  const ofErrors = judgeErrorForm(body, status, profile);
  const current = ofErrors.reduce(
    (changed, { correction }) => (correction ? applyCorrection(changed, correction) : changed),
    profile,
  );
  const refusal = classifyRefusal(current, status, body);
  const { reason, code, namedBy } = refusal;
  const accepted = reasons.find((one) => one === reason) ?? reasons.find((one) => mayMean(current, refusal, one));
  if (accepted !== undefined) {
    const { status: declared, codes } = current.refusals[accepted];
    const hasStatus = statusesOf({ status: declared, codes }).includes(status);
    if (code !== undefined && codes.length > 0 && !codes.includes(code)) {
      // Its message has revealed the cause, but another one may not.
      const problem = `${accepted} is refused with ${status} and code \`${code}\`, not ${codes.join(' or ')}`;
      return [
        ...ofErrors,
        misfitOf(problem, ['refusals', accepted], formWith(current.refusals[accepted], status, code, seenCodes)),
      ];
    }
    if (hasStatus) return ofErrors;
    const value = typeof declared === 'number' ? status : [...declared, status];
    const problem = `${accepted} is refused with status ${status}, not ${[declared].flat().join(' or ')}`;
    return [...ofErrors, misfitOf(problem, ['refusals', accepted, 'status'], value)];
  }
  const form = formWith(current.refusals[wanted], status, code, seenCodes);
  const problem =
    code === undefined
      ? `${wanted} is refused with ${status} and no code, and its message names no known cause${refusal.message === undefined ? '' : `: ${refusal.message}`}`
      : `${wanted} is refused with ${status} and code \`${code}\``;
  if (namedBy === 'code') {
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
  if (reason !== 'unknown') {
    const seemed = `${problem}, which reads like ${reason}`;
    return [
      ...ofErrors,
      code === undefined
        ? { problem: seemed, property, suggestion: 'its status, code or message must distinguish it' }
        : misfitOf(seemed, property, form),
    ];
  }
  return [...ofErrors, misfitOf(problem, property, form)];
}

/** Returns a refusal's form with the seen status and code, and with those declared codes that the target does send. */
function formWith(
  declared: RefusalForm,
  status: number,
  code: string | undefined,
  seenCodes: ReadonlySet<string>,
): RefusalForm {
  const kept = declared.codes.filter((one) => seenCodes.has(one));
  const statuses = [...new Set([...(kept.length > 0 ? statusesOf(declared) : []), status])];
  return { status: statuses.length === 1 ? status : statuses, codes: code === undefined ? kept : [...kept, code] };
}

/** Returns the misfits of `errors`: fields that are not at the profile's paths. */
function judgeErrorForm(body: string, status: number, { errors }: TargetProfile): Misfit[] {
  const json = parseJson(body);
  if (json === undefined) {
    return [
      {
        problem: body === '' ? `an error (${status}) has no body` : `an error (${status}) is not JSON`,
        property: ['errors'],
        suggestion: 'the suite can then classify causes only by the status or by a short plain text',
      },
    ];
  }
  return (['code', 'message', 'timestamp'] as const).flatMap((field) => {
    const path = errors[field];
    if (path === undefined || (valueAt(json, path) ?? undefined) !== undefined) return [];
    const found = suggestErrorField(json, field, status);
    const property = ['errors', field];
    return found
      ? [misfitOf(`an error has \`${found.path}\`, not \`${path}\``, property, found.path)]
      : [misfitOf(`an error has no \`${path}\`, nor anything like it`, property, undefined)];
  });
}
