import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectFolder } from '../../../../helpers/text/project-folder.ts';

/** Writes a profile of the bundled shop into a folder of the project, and returns its path: what is accepted goes there. */
export function copiedProfile(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const reference = pathToFileURL(path.join(projectFolder, 'helpers', 'profile', 'targets', 'reference.ts')).href;
  const file = path.join(folder, 'shop.ts');
  writeFileSync(file, `export { default } from ${JSON.stringify(reference)};\n`);
  return file;
}
