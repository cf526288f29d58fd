import type { NamedReason } from '../profile/refusal-forms.ts';
import { refusalFormOf } from '../profile/refusal-form-of.ts';
import type { TargetProfile } from '../profile/target-profile.ts';
import { withoutData } from './cause-said-in.ts';

const isNamedReason = (name: string, { refusals }: TargetProfile): name is NamedReason => name in refusals;

/** Returns the reasons of a profile. */
export const namedReasons = (profile: TargetProfile): NamedReason[] =>
  Object.keys(profile.refusals).filter((name): name is NamedReason => isNamedReason(name, profile));

/** Returns the phrases that mean a reason; none where it is told by code or status. */
export const phrasesOf = (profile: TargetProfile, reason: NamedReason): readonly string[] =>
  refusalFormOf(profile, reason).says ?? [];

const comparable = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').toLowerCase();

/** Returns the reasons one of whose phrases is in a message. Of several phrases, the longest counts. */
export function reasonsSaying(profile: TargetProfile, message: string | undefined): NamedReason[] {
  const all = namedReasons(profile).filter((reason) => phrasesOf(profile, reason).length > 0);
  if (message === undefined || all.length === 0) return [];
  const foundIn = (text: string): NamedReason[] => {
    const lengthOf = (reason: NamedReason): number =>
      Math.max(0, ...phrasesOf(profile, reason).map((one) => (text.includes(comparable(one)) ? one.length : 0)));
    const longest = Math.max(...all.map(lengthOf));
    return longest === 0 ? [] : all.filter((reason) => lengthOf(reason) === longest);
  };
  const found = foundIn(comparable(withoutData(message)));
  return found.length > 0 ? found : foundIn(comparable(message));
}
