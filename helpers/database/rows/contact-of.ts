import type { Pool, RowDataPacket } from 'mysql2/promise';
import { z } from 'zod';
import type { Contact } from '../../api/login/fixed-headers.ts';
import type { Tables } from '../../profile/tables.ts';
import { omitUndefined } from '../../settings/omit-undefined.ts';
import type { Field } from '../../text/json.ts';

const contactSchema = z.object({ name: z.string().nullish(), email: z.string().nullish() });

/** Returns name and e-mail address of a user, where the profile names their columns. */
export async function contactOf(pool: Pool, { users }: Pick<Tables, 'users'>, userId: Field): Promise<Contact> {
  const { table, id, ...columns } = users;
  const named = (['name', 'email'] as const).flatMap((what) => (columns[what] === undefined ? [] : [what]));
  if (named.length === 0 || (typeof userId !== 'number' && typeof userId !== 'string')) return {};
  const [rows] = await pool.query<RowDataPacket[]>(
    `SELECT ${named.map(() => '?? AS ??').join(', ')} FROM ?? WHERE ?? = ?`,
    [...named.flatMap((what) => [columns[what], what]), table, id, userId],
  );
  const { name, email } = contactSchema.safeParse(rows[0]).data ?? {};
  return omitUndefined({ name: name ?? undefined, email: email ?? undefined });
}
