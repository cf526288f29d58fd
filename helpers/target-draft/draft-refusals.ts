import { classifyRefusal, mayMean } from '../refusals/classify-refusal.ts';
import { conflictReasons, type RefusalForm, type RequiredReason } from '../profile/refusal-forms.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { phraseOf } from '../target-check/suggest/phrase-of.ts';
import type { Shown } from '../target-check/steps/walk.ts';

const reasons = [
  ...(['balance', 'stock', 'in-progress', 'order-state', 'key-reuse', 'foreign-order', 'unknown-order'] as const),
  ...(['unknown-user', 'unknown-product', 'invalid-quantity', 'invalid-charge', 'invalid-input'] as const),
] satisfies readonly RequiredReason[];

/** What stands for a code until one is seen: no API sends it, so that every refusal shows its own. */
const unseen = '(not seen yet)';

/** Returns the refusals of a profile as they were seen. */
export function draftRefusals(profile: TargetProfile, seen: Shown['refusals']): TargetProfile['refusals'] {
  const forms = new Map<RequiredReason, RefusalForm>();
  for (const reason of reasons) {
    const own = seen.filter((one) => one.reason === reason).map(({ exchange }) => exchange.response);
    if (own.length === 0) continue;
    const statuses = [...new Set(own.map(({ status }) => status))];
    const codes = own.flatMap(({ status, body }) => classifyRefusal(profile, status, body).code ?? []);
    forms.set(reason, { status: statuses.length === 1 ? (statuses[0] ?? 0) : statuses, codes: [...new Set(codes)] });
  }
  const drafted = refusalsOf((reason) => {
    const { status, says } = profile.refusals[reason];
    // What an earlier try has shown still holds where this one did not get as far.
    return forms.get(reason) ?? { status, codes: forms.size === 0 ? [unseen] : [], ...(says && { says }) };
  });
  return withPhrases({ ...profile, refusals: drafted }, seen);
}

/** Returns refusals with the phrases of those that neither their code nor their status nor usual words tell. */
function withPhrases(profile: TargetProfile, seen: Shown['refusals']): TargetProfile['refusals'] {
  const said = seen.map(({ reason, exchange: { response } }) => {
    const refusal = classifyRefusal(profile, response.status, response.body);
    // A conflict must name its cause, whatever its status could mean.
    const isConflict = conflictReasons.some((one) => one === reason);
    const isTold = refusal.reason === reason || (!isConflict && mayMean(profile, refusal, reason));
    return { reason, isTold, phrase: phraseOf(refusal.message) };
  });
  return refusalsOf((reason) => {
    const untold = said.filter((one) => one.reason === reason && !one.isTold);
    // A phrase that other causes have, too, tells nothing.
    const phrases = untold.flatMap(({ phrase }) =>
      phrase === undefined || said.some((one) => one.reason !== reason && one.phrase === phrase) ? [] : [phrase],
    );
    const form = profile.refusals[reason];
    return phrases.length > 0 ? { ...form, says: [...new Set(phrases)] } : form;
  });
}

/** Returns a profile without what stood for codes that were never seen: their refusals are told apart by status and words. */
export function withSeenCodes(profile: TargetProfile): TargetProfile {
  const refusals = refusalsOf((reason) => {
    const { codes, ...form } = profile.refusals[reason];
    return { ...form, codes: codes.filter((code) => code !== unseen) };
  });
  return { ...profile, refusals };
}

/** Returns a form for every reason. */
function refusalsOf(formOf: (reason: RequiredReason) => RefusalForm): TargetProfile['refusals'] {
  return {
    balance: formOf('balance'),
    stock: formOf('stock'),
    'in-progress': formOf('in-progress'),
    'order-state': formOf('order-state'),
    'key-reuse': formOf('key-reuse'),
    'foreign-order': formOf('foreign-order'),
    'unknown-order': formOf('unknown-order'),
    'unknown-user': formOf('unknown-user'),
    'unknown-product': formOf('unknown-product'),
    'invalid-quantity': formOf('invalid-quantity'),
    'invalid-charge': formOf('invalid-charge'),
    'invalid-input': formOf('invalid-input'),
  };
}
