import { setTimeout as delay } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import type { ShopParts } from '../../../../fixtures/shops/reference/shop-parts.ts';
import { startShop } from '../../../../fixtures/shops/reference/start-shop.ts';
import type { DatabaseSettings } from '../../../../helpers/settings/settings.ts';
import { UserError } from '../../../../helpers/text/user-error.ts';

const maxCloseMs = 2000;

/**
 * Runs some work with a shop of certain parts on a database of its own, and removes both again.
 *
 * @param name of the fault or variant, and its round; names the database.
 * @throws UserError when the shop does not start.
 */
export async function withShop<Result>(
  parts: ShopParts,
  name: string,
  server: DatabaseSettings,
  work: (shop: { url: string; database: DatabaseSettings }) => Promise<Result>,
): Promise<Result> {
  const database = { ...server, name: `matrix_${name.replaceAll('-', '_')}`.slice(0, 64) };
  const shop = await startShop({ database, parts }).catch((error: unknown) => {
    throw new UserError(`The shop ${name} does not start: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    return await work({ url: shop.url, database });
  } finally {
    // What a faulty shop still has under way may wait for a lock; nobody waits for it.
    await Promise.race([shop.close(), delay(maxCloseMs)]);
    const { host, port, user, password } = database;
    const connection = await createConnection({ host, port, user, password });
    await connection.query('DROP DATABASE IF EXISTS ??', [database.name]);
    await connection.end();
  }
}
