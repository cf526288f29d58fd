import type { KeyedCall, Tables } from '../../profile/tables.ts';
import { speaksOf } from '../words/concepts.ts';
import type { TableLook } from './table-look.ts';

const keyColumn = /idempoten|^(?:request_?)?key$|^key_?(?:value|text)$/i;

function callsOf(table: string): readonly KeyedCall[] | undefined {
  if (speaksOf('payment', table)) return undefined;
  if (speaksOf('order', table)) return ['createOrder'];
  return speaksOf('topUp', table) || speaksOf('balance', table) ? ['chargeBalance'] : undefined;
}

/** Tables of idempotency keys. */
interface MatchedKeys {
  readonly keys: Tables['keys'];
  /** Whom a key belongs to, by the unique index over keys. */
  readonly keysBelongTo?: 'user' | 'everybody';
  /** Maximum length of a key, by its columns. */
  readonly keyLength?: number;
}

/** Returns the tables that keep idempotency keys, and what their columns and indexes say of keys. */
export function matchKeyTables(looks: readonly TableLook[], users: readonly Tables['users'][]): MatchedKeys {
  const found = looks.flatMap((look) => {
    const column = look.table.columns.find(({ name }) => keyColumn.test(name));
    const key = column?.name;
    const isKeyTable = look.speaksOf('key') || (/key/i.test(look.name) && key !== undefined);
    if (key === undefined || !isKeyTable) return [];
    const columns = look.columns(['userId']);
    const userId = look.referenceTo(users.map(({ table }) => table)) ?? columns.userId;
    if (userId === undefined) return [];
    const expiresAt = look.table.columns.find(
      ({ name, type }) => /^expire|expir/i.test(name) && /^(?:datetime|timestamp)/.test(type),
    )?.name;
    const of = callsOf(look.name);
    const unique = look.table.uniques.find((parts) => parts.includes(key));
    return [
      {
        table: { table: look.name, userId, ...(expiresAt !== undefined && { expiresAt }), ...(of && { of }) },
        maxLength: column?.maxLength,
        unique,
        userId,
      },
    ];
  });
  const [first] = found;
  const belongsToUser = first?.unique?.includes(first.userId);
  const lengths = found.flatMap(({ maxLength }) => maxLength ?? []);
  return {
    keys: found.map(({ table }) => table),
    ...(belongsToUser !== undefined && { keysBelongTo: belongsToUser ? 'user' : 'everybody' }),
    ...(lengths.length > 0 && { keyLength: Math.min(...lengths) }),
  };
}
