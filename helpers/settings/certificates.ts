import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectFolder } from '../text/project-folder.ts';

/** Certificates of authorities that a setting names. */
export interface Certificates {
  /** The absolute path of their file. */
  readonly file: string;
  /** Their text. */
  readonly pem: string;
}

/**
 * Reads a file of certificates.
 *
 * @param file its path, relative to the project.
 * @returns undefined where no certificate can be read there.
 */
export function readCertificates(file: string): Certificates | undefined {
  const absolute = path.resolve(projectFolder, file.trim());
  try {
    const pem = readFileSync(absolute, 'utf8');
    return pem.includes('-----BEGIN CERTIFICATE-----') ? { file: absolute, pem } : undefined;
  } catch {
    return undefined;
  }
}
