import { chooseDatabase } from '../../../fixtures/shops/database/choose-database.ts';
import type { Settings } from '../../settings/settings.ts';
import { childEnvironment } from '../../settings/environment/child-environment.ts';
import { startShopProcess } from '../../api/shop-process.ts';
import { reference } from '../../profile/targets/reference.ts';
import { loadTarget } from '../../profile/load-target.ts';
import { UserError } from '../../text/user-error.ts';
import type { BenchShop } from './bench-shop.ts';

/**
 * Runs some work with the API that the settings name, or else with the bundled shop, which is stopped afterwards.
 *
 * @param work gets the shop and its database server in words.
 * @throws UserError when the settings name an API that cannot be measured.
 */
export async function withBenchShop<Result>(
  settings: Settings,
  options: { log: (line: string) => void; signal: AbortSignal },
  work: (shop: BenchShop, server: string) => Promise<Result>,
): Promise<Result> {
  const { baseUrl, usesBundledShop, allowWritesTo, target } = settings;
  if ((await loadTarget(target)).endpoints !== reference.endpoints) {
    throw new UserError(`TARGET is ${target}, but k6 and autocannon are made to speak as the reference profile does.`);
  }
  if (!usesBundledShop && settings.database === undefined) {
    throw new UserError('BASE_URL is set but DB_HOST is not: the drivers need users and products of their own.');
  }
  const chosen = await chooseDatabase(settings, options);
  const { host, port, user, password, name } = chosen;
  const database = { host, port, user, password, name };
  const access = { database, target, ...(allowWritesTo !== undefined && { allowWritesTo }) };
  try {
    if (!usesBundledShop && baseUrl !== undefined) return await work({ url: baseUrl, ...access }, chosen.server);
    const shop = await startShopProcess(
      childEnvironment({
        DB_HOST: host,
        DB_PORT: String(port),
        DB_USER: user,
        DB_PASSWORD: password,
        DB_NAME: name,
        ...(allowWritesTo !== undefined && { ALLOW_WRITES_TO: allowWritesTo }),
      }),
    );
    try {
      return await work({ url: shop.url, ...access }, chosen.server);
    } finally {
      await shop.stop();
    }
  } finally {
    await chosen.stop();
  }
}
