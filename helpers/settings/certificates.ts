import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

const textOf = (file: string | undefined): string => {
  try {
    return file ? readFileSync(file, 'utf8') : '';
  } catch {
    return '';
  }
};

const areTrustedByNode = ({ pem }: Certificates): boolean => textOf(process.env.NODE_EXTRA_CA_CERTS).includes(pem);

/**
 * Lets all processes that this one starts accept certificates of these authorities too: Playwright's request contexts
 * know none but those that Node is started with.
 */
export function trustInChildProcesses(certificates: Certificates): void {
  if (areTrustedByNode(certificates)) return;
  const { file, pem } = certificates;
  const others = textOf(process.env.NODE_EXTRA_CA_CERTS);
  if (others === '') {
    process.env.NODE_EXTRA_CA_CERTS = file;
    return;
  }
  // Node reads one file: that of both.
  const both = `${others.trimEnd()}\n${pem}`;
  const folder = path.join(projectFolder, '.cache');
  const together = path.join(folder, `authorities-${createHash('sha1').update(both).digest('hex')}.pem`);
  mkdirSync(folder, { recursive: true });
  if (textOf(together) !== both) writeFileSync(together, both);
  process.env.NODE_EXTRA_CA_CERTS = together;
}
