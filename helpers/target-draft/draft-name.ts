import { literal } from '../target-check/judge/misfit.ts';

const nameForm = /^[a-z][a-z\d-]{0,60}$/;

const usualName = 'my-shop';

/** What TARGET is where nobody sets it; no profile of a user's own. */
const usualTarget = 'reference';

/** The form of a name, for people. */
export const nameInWords = 'lower-case letters, digits and hyphens make a name, as in my-shop';

/** Returns whether a profile can have a name. */
export const isDraftName = (name: string): boolean => nameForm.test(name);

/**
 * Returns the name of the profile to draft: that of `--name`, else that of TARGET, else the usual one; with a note where
 * TARGET is set and not used.
 */
export function draftName(name: string | undefined, target: string): { readonly name: string; readonly note?: string } {
  if (name !== undefined) return { name };
  if (target === usualTarget) return { name: usualName };
  if (isDraftName(target)) return { name: target };
  const note = `TARGET is ${literal(target)}, which is not used, since it is no plain name (${nameInWords}): the profile is called ${usualName}; choose another name with --name`;
  return { name: usualName, note };
}
