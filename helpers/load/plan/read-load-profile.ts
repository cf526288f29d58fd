import { readdirSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { didYouMean } from '../../text/words/name-similarity.ts';
import { projectFolder } from '../../text/project-folder.ts';
import { SettingsError } from '../../settings/settings-error.ts';
import { flows } from './flow.ts';
import type { LoadProfile } from './load-profile.ts';

const profileFolder = path.join(projectFolder, 'tests', 'load', 'profiles');

/** Returns the names of all load profiles. */
export function loadProfileNames(): string[] {
  return readdirSync(profileFolder)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'))
    .map((file) => file.slice(0, -'.ts'.length));
}

const profileSchema: z.ZodType<LoadProfile> = z.object({
  description: z.string(),
  flow: z.enum(flows),
  stages: z.string(),
  amounts: z.array(z.number().int().positive()).min(1).exactOptional(),
  pauseMs: z.number().min(0),
  gapMs: z.number().min(0).exactOptional(),
  thresholds: z.string(),
  accounts: z.number().int().positive().exactOptional(),
  products: z.number().int().positive().exactOptional(),
  seed: z.boolean().exactOptional(),
  evenIfShort: z.boolean().exactOptional(),
});

/**
 * Reads a load profile's file.
 *
 * @throws SettingsError when there is none of that name, with those that there are, or it is none.
 */
export async function readLoadProfile(name: string): Promise<LoadProfile> {
  const names = loadProfileNames();
  if (!names.includes(name)) {
    throw new SettingsError(
      `LOAD_PROFILE is "${name}", but there is no such load profile${didYouMean(name, names)}. ` +
        `Allowed: ${names.join(', ')}; a new one is a file in tests/load/profiles.`,
    );
  }
  const file: unknown = await import(pathToFileURL(path.join(profileFolder, `${name}.ts`)).href);
  const read = z.object({ default: profileSchema }).safeParse(file);
  if (read.success) return read.data.default;
  const issue = read.error.issues[0];
  throw new SettingsError(
    `tests/load/profiles/${name}.ts is no load profile: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
  );
}
