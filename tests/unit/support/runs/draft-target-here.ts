import { readFileSync } from 'node:fs';
import path from 'node:path';
import { loadTarget } from '../../../../helpers/profile/load-target.ts';
import type { TargetProfile } from '../../../../helpers/profile/target-profile.ts';
import { parseSettings, type DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { draftTarget } from '../../../../helpers/target-draft/draft-target.ts';

/** The outcome of `npm run target:draft`. */
export interface DraftRun {
  readonly exitCode: number;
  readonly output: string;
  /** The profile that was written, as `TARGET` would load it. */
  readonly profile: TargetProfile;
  /** Its file. */
  readonly text: string;
}

interface DraftOptions {
  readonly url: string;
  readonly database?: DatabaseSettings;
  /** URL or path of the document. */
  readonly openApi?: string;
  readonly har?: string;
  /** Default: another one each time. */
  readonly name?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Gets the profile. */
  readonly folder: string;
}

let count = 0;

/** Drafts a profile as that command does, within this process. */
export async function draftTargetHere(options: DraftOptions): Promise<DraftRun> {
  // A module is loaded once a process.
  count += 1;
  const { url, database, openApi, har, name = `drafted-${process.pid}-${count}`, environment = {}, folder } = options;
  const { baseUrl, ...settings } = parseSettings({
    BASE_URL: url,
    ...(database && {
      ...{ DB_HOST: database.host, DB_PORT: String(database.port), DB_USER: database.user },
      ...{ DB_PASSWORD: database.password, DB_NAME: database.name },
    }),
    ...environment,
  });
  if (baseUrl === undefined) throw new Error('BASE_URL is not given.');
  const printed: string[] = [];
  const exitCode = await draftTarget({
    settings: { ...settings, baseUrl },
    name,
    folder,
    force: false,
    ...(openApi !== undefined && { openApi }),
    ...(har !== undefined && { har }),
    signal: new AbortController().signal,
    print: (text) => printed.push(text),
  });
  const file = path.join(folder, `${name}.ts`);
  return { exitCode, output: printed.join('\n'), profile: await loadTarget(file), text: readFileSync(file, 'utf8') };
}
