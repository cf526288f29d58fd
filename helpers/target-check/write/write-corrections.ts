import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createTwoFilesPatch } from 'diff';
import { format, resolveConfig } from 'prettier';
import { projectFolder } from '../../text/project-folder.ts';
import type { Correction } from '../judge/misfit.ts';
import { editProfile } from './edit-profile.ts';

/** A secret in an answer is no value for a file that is committed; corrections come with secrets hidden. */
const isHidden = ({ value }: Correction): boolean => value !== undefined && JSON.stringify(value).includes('(hidden)');

/** What became of corrections. */
export interface WrittenCorrections {
  /** A unified diff; empty where nothing was changed. */
  readonly diff: string;
  /** Corrections that the form of the source does not allow. */
  readonly left: readonly Correction[];
}

/**
 * Applies corrections to the source of a profile, its own file alone, and writes it.
 *
 * @param show is given the diff before the file is written.
 */
export async function writeCorrections(
  file: string,
  corrections: readonly Correction[],
  show: (diff: string) => void,
): Promise<WrittenCorrections> {
  const before = readFileSync(file, 'utf8');
  const left: Correction[] = [];
  let after = before;
  for (const correction of corrections) {
    const edited = isHidden(correction) ? undefined : editProfile(after, correction);
    if (edited === undefined) left.push(correction);
    else after = edited;
  }
  const config = await resolveConfig(path.join(projectFolder, 'profile.ts'), { editorconfig: true });
  const formatted = after === before ? before : await format(after, { ...config, parser: 'typescript' });
  if (formatted === before) return { diff: '', left };
  const name = path.relative(projectFolder, file);
  const diff = createTwoFilesPatch(name, name, before, formatted, undefined, undefined, { context: 1 });
  show(diff);
  writeFileSync(file, formatted);
  return { diff, left };
}
