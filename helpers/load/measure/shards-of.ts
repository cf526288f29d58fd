import { existsSync } from 'node:fs';
import path from 'node:path';
import { UserError } from '../../text/user-error.ts';
import type { LoadPart } from './load-part.ts';
import { ReportFolder } from '../report/page/report-folder.ts';

/**
 * Reads the parts of one run out of the load-report folders of its shards.
 *
 * @throws UserError when a folder has none, two have the same one, or they are not of one run.
 */
export function shardsOf(folders: readonly string[]): LoadPart[] {
  if (folders.length === 0) throw new UserError('--merge wants the load-report folders of the shards.');
  const found = folders.flatMap((folder) => partsIn(folder).map((part) => ({ folder, part })));
  const [first] = found;
  for (const [index, { folder, part }] of found.entries()) {
    const same = found.slice(0, index).find((earlier) => earlier.part.part === part.part);
    if (same) {
      throw new UserError(
        `${same.folder} and ${folder} both have part ${part.part + 1} of ${part.parts}: name the folder of each shard once, all of one run.`,
      );
    }
    if (first && (part.profile !== first.part.profile || part.parts !== first.part.parts)) {
      throw new UserError(
        `${first.folder} is of ${describeRun(first.part)}, but ${folder} of ${describeRun(part)}: name only folders of one run.`,
      );
    }
  }
  return found.map(({ part }) => part);
}

const describeRun = ({ profile, parts }: LoadPart): string => `${profile} in ${parts} parts`;

function partsIn(folder: string): LoadPart[] {
  const absolute = path.resolve(folder);
  if (!existsSync(path.join(absolute, 'parts'))) {
    throw new UserError(
      `${folder} is no load-report folder: it has no parts. Name the load-report folder of each shard.`,
    );
  }
  const parts = readParts(folder, absolute);
  if (parts.length === 0) {
    throw new UserError(`There is no part of a load run in ${folder}. Name the load-report folder of each shard.`);
  }
  return parts;
}

function readParts(folder: string, reportFolder: string): LoadPart[] {
  try {
    return new ReportFolder({ load: { reportFolder } }).parts();
  } catch {
    throw new UserError(
      `A part in ${folder} cannot be read, or is of another version of the suite: run that shard again with this one.`,
    );
  }
}
