import type { NamedReason, RefusalForm } from './refusal-forms.ts';
import type { TargetProfile } from './target-profile.ts';

/** Of a gateway whose refusals nobody has described: 402 (Payment Required) or a conflict, told by its words. */
const declined: RefusalForm = { status: [402, 409], codes: [] };

/** Returns status and codes of a refusal, as the profile gives them. */
export const refusalFormOf = ({ refusals }: Pick<TargetProfile, 'refusals'>, reason: NamedReason): RefusalForm =>
  reason === 'declined' ? (refusals.declined ?? declined) : refusals[reason];
