import type { Pool, RowDataPacket } from 'mysql2/promise';

type Account = RowDataPacket & { readonly account: string };

/** Returns who the server takes the user of a pool for, as a GRANT names them. @example `'app'@'%'` */
export async function accountOf(pool: Pool): Promise<string> {
  const [rows] = await pool.query<Account[]>('SELECT CURRENT_USER() AS account');
  const account = rows[0]?.account ?? '';
  const at = account.lastIndexOf('@');
  return `${pool.escape(account.slice(0, at))}@${pool.escape(account.slice(at + 1))}`;
}
