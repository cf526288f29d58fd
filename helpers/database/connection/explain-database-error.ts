import type { DatabaseSettings } from '../../settings/settings.ts';
import { tlsOptions } from './tls-options.ts';

/** Returns the server's or the client's name of an error; empty where it has none. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const accessDenied = [
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_ACCESS_DENIED_CHANGE_USER_ERROR',
];

const onlyOverTls = (place: string): string =>
  `The database at ${place} accepts connections over TLS alone. Set DB_SSL=required; with DB_SSL_CA, the file of its ` +
  'authority, its certificate is checked as well.';

/** Returns whether the server lets the user in over TLS: MariaDB refuses others with the words for a wrong password. */
async function isLetInOverTls({ host, port, user, password, name }: DatabaseSettings): Promise<boolean> {
  const { createConnection } = await import('mysql2/promise');
  const options = { host, port, user, password, database: name, connectTimeout: 5000, ...tlsOptions({ tls: {} }) };
  try {
    (await createConnection(options)).destroy();
    return true;
  } catch {
    return false;
  }
}

/** Explains why a database cannot be used and which setting to check, in a sentence without the password. */
export async function explainDatabaseError(error: unknown, settings: DatabaseSettings): Promise<string> {
  const { host, port, user, name, tls } = settings;
  const place = `${host}:${port}`;
  const code = codeOf(error);
  if (accessDenied.includes(code)) {
    if (!tls && (await isLetInOverTls(settings))) return onlyOverTls(place);
    return `The database at ${place} refused user ${user} for database ${name}. Are DB_USER, DB_PASSWORD and DB_NAME right?`;
  }
  switch (code) {
    case 'ECONNREFUSED':
      return `No database answers at ${place} (connection refused). Is it started, and are DB_HOST and DB_PORT right?`;
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return `There is no host named ${host}. Is DB_HOST right?`;
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return `No database answers at ${place} (timed out). Are DB_HOST and DB_PORT right, and does a firewall block the connection?`;
    case 'ER_DBACCESS_DENIED_ERROR':
      return `The database at ${place} refused user ${user} for database ${name}. Are DB_USER, DB_PASSWORD and DB_NAME right?`;
    case 'ER_BAD_DB_ERROR':
      return `The server at ${place} has no database named ${name}. Is DB_NAME right?`;
    case 'ER_SECURE_TRANSPORT_REQUIRED':
      return onlyOverTls(place);
    case 'HANDSHAKE_NO_SSL_SUPPORT':
      return `The database at ${place} offers no TLS. Turn it on there, or leave DB_SSL and DB_SSL_CA unset.`;
    case 'HANDSHAKE_SSL_ERROR':
      return (
        `The database at ${place} shows a certificate that DB_SSL_CA does not vouch for (${messageOf(error)}). Is DB_SSL_CA ` +
        'the file of the authority that signed it? Without DB_SSL_CA, DB_SSL=required accepts any.'
      );
    default:
      return `The database at ${place} cannot be used: ${messageOf(error)}`;
  }
}
