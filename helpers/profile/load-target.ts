import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../text/project-folder.ts';
import { SettingsError } from '../settings/settings-error.ts';
import { isRecord } from '../text/json.ts';
import { didYouMean } from '../text/words/name-similarity.ts';
import { accessMistake } from './forms/access-mistake.ts';
import { mistakesIn } from './forms/profile-form.ts';
import { isTargetProfile, type TargetProfile } from './target-profile.ts';

const folder = path.join(projectFolder, 'helpers', 'profile', 'targets');

/** Returns the names that `TARGET` may have: one for each file in helpers/profile/targets. */
export function targetNames(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => path.basename(file, '.ts'))
    .toSorted();
}

/**
 * Returns the path of the profile that `TARGET` names.
 *
 * @throws SettingsError that lists the profiles there are.
 */
export function targetFile(target: string): string {
  if (target.endsWith('.ts')) return path.resolve(projectFolder, target);
  const names = targetNames();
  if (names.includes(target)) return path.join(folder, `${target}.ts`);
  throw new SettingsError(
    `TARGET is "${target}", but there is no such target profile${didYouMean(target, names)}. ` +
      `Allowed: ${names.join(', ')}; a new one is a file in helpers/profile/targets, copied from header-key.ts.`,
  );
}

/**
 * Loads the profile that `TARGET` names: a file in helpers/profile/targets, or the path of one elsewhere, relative to
 * the project.
 *
 * @param version another one loads a file again that has changed since.
 * @throws SettingsError that lists the profiles there are, or says what is wrong with the file.
 */
export async function loadTarget(target: string, version = 0): Promise<TargetProfile> {
  const file = targetFile(target);
  let module: unknown;
  try {
    module = await import(`${pathToFileURL(file).href}${version === 0 ? '' : `?${version}`}`);
  } catch (error) {
    throw new SettingsError(
      `TARGET is "${target}", but ${path.relative(projectFolder, file)} cannot be loaded: ` +
        (error instanceof Error ? error.message : String(error)),
    );
  }
  const profile = isRecord(module) ? module.default : undefined;
  if (isTargetProfile(profile)) {
    const ofAccess = accessMistake(profile);
    const mistakes = [...mistakesIn(profile), ...(ofAccess === undefined ? [] : [ofAccess])];
    if (mistakes.length === 0) return profile;
    throw new SettingsError(
      `The target profile ${path.relative(projectFolder, file)} has a mistake: ${mistakes.join('; ')}.`,
    );
  }
  throw new SettingsError(
    `TARGET is "${target}", but ${path.relative(projectFolder, file)} does not \`export default defineTarget({ … })\`.`,
  );
}
