import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';

/** Files of a certificate that nobody but itself vouches for, and its key. */
export interface OwnCertificate {
  readonly certificate: string;
  readonly key: string;
}

/** Makes a certificate for this machine that is signed by itself. @param folder where its files go. */
export function ownCertificate(folder: string): OwnCertificate {
  mkdirSync(folder, { recursive: true });
  const [certificate, key] = [path.join(folder, 'certificate.pem'), path.join(folder, 'key.pem')];
  execFileSync(
    'openssl',
    [
      ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', certificate],
    ],
    { stdio: 'ignore' },
  );
  return { certificate, key };
}
