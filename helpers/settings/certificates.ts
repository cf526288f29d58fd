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

/**
 * Lets all processes that this one starts accept certificates of these authorities too, unless they are told of others:
 * Playwright's request contexts know none but those that Node is started with.
 */
export function trustInChildProcesses({ file }: Certificates): void {
  process.env.NODE_EXTRA_CA_CERTS ??= file;
}

/** Returns whether this process was started to accept certificates of these authorities. */
export const isTrustedByNode = ({ file }: Certificates): boolean => process.env.NODE_EXTRA_CA_CERTS === file;
