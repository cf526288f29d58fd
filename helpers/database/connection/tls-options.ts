import type { SslOptions } from 'mysql2/promise';
import type { DatabaseSettings } from '../../settings/settings.ts';

/**
 * Returns the options of a connection that the settings want over TLS; none where they do not.
 *
 * With certificates of authorities, that of the server must be signed by one of them, whatever host it names: servers
 * make certificates of their own that name none. Without, any certificate is accepted.
 */
export const tlsOptions = ({ tls }: Pick<DatabaseSettings, 'tls'>): { ssl?: SslOptions } =>
  tls ? { ssl: tls.ca ? { ca: tls.ca.pem } : { rejectUnauthorized: false } } : {};
