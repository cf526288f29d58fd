import { Blocked } from '../helpers/text/blocked.ts';
import { describeBudget } from '../helpers/seeding/budget.ts';
import { assertHealthy, blamingHealth } from '../helpers/seeding/healthy.ts';
import { assertInstanceHealthy, assertSameDatabase } from '../helpers/seeding/same-service.ts';
import { assertSeededProduct } from '../helpers/seeding/seeded-product.ts';
import { assertSeeded, maxCacheMs } from '../helpers/seeding/seeded-balance.ts';
import { missingStructure } from '../helpers/database/missing-structure.ts';
import { missingRights } from '../helpers/database/missing-rights.ts';
import { unnamedKeys } from '../helpers/database/unnamed-keys.ts';
import { assertApiSuffices, notProvenByApi } from '../helpers/seeding/api-only/api-suffices.ts';
import { isApiOnly } from '../helpers/settings/settings.ts';
import { loadTarget } from '../helpers/profile/load-target.ts';
import { test as setup } from '../fixtures/preflight.ts';

setup(
  'target is reachable, one system with its database, and covers the budget',
  async ({ shopApi, otherInstances, shopDatabase, seedingOn, budget, settings }) => {
    const odd = await setup.step('API is reachable', async () =>
      shopApi.offers('health') ? assertHealthy(await shopApi.health(), settings.baseUrl ?? '') : undefined,
    );

    for (const other of otherInstances) {
      await setup.step(`instance ${other.address} is reachable`, () => assertInstanceHealthy(other));
    }

    if (isApiOnly(settings)) {
      await setup.step('API suffices for a run without a database', async () => {
        const profile = await loadTarget(settings.target);
        await blamingHealth(odd, () => assertApiSuffices(settings, profile, shopApi));
        setup.info().annotations.push({ type: 'not proven', description: notProvenByApi });
      });

      return;
    }

    const database = await setup.step('database is reachable and writable', () => shopDatabase());

    await setup.step('tables match the profile, and may be changed', async () => {
      const missing = missingStructure(database.profile, database.structure);
      if (missing.length > 0) {
        throw new Blocked(
          `The database ${database.place} lacks ${missing.join(', ')}. Is DB_NAME right, and does the target profile ` +
            `${settings.target} name this target's tables? (A table that DB_USER may not read cannot be seen.)`,
        );
      }
      const { userIds, productIds } = settings.leases;
      const rows = { insertsUsers: !userIds, insertsProducts: !productIds, mayLease: !userIds && !productIds };
      const lacking = await missingRights(database, rows);
      if (lacking) throw new Blocked(`${lacking.lack}. ${lacking.cure}`);
      const description = unnamedKeys(database.profile, database.structure);
      if (description !== undefined) setup.info().annotations.push({ type: 'may stay', description });
    });

    const seeding = await setup.step('rows of killed runs are removed or restored', async () => {
      // Settles leases first: leased stock gets back what the orders of killed runs took, and those rows go next.
      const ready = await seedingOn(database);
      const { accounts, products } = await database.removeAbandonedRows();
      if (accounts + products > 0) {
        setup.info().annotations.push({
          type: 'removed',
          description: `${accounts} accounts and ${products} products of runs that were killed`,
        });
      }
      return ready;
    });

    await setup.step('API and database are one system and cover the budget', async () => {
      setup.info().annotations.push({ type: 'budget of every worker', description: describeBudget(budget) });
      const account = await seeding.newAccount({ name: 'Preflight', balance: budget.balance - 1 });
      const accounts = [account];
      try {
        await blamingHealth(odd, () => assertSeeded(shopApi, account.userId, account.balance, database.place));
        await database.addToBalance(account, 1);
        const staleMs = await assertSeeded(shopApi, account.userId, budget.balance, database.place, account.balance);
        let shown = { ...account, balance: budget.balance };
        if (staleMs === Infinity) {
          // A cache that only the target's own writes clear looks like another system: a balance never shown yet tells them apart.
          const other = await seeding.newAccount({ name: 'Preflight', balance: budget.balance - 2 });
          accounts.push(other);
          await assertSeeded(shopApi, other.userId, other.balance, database.place);
          shown = other;
        }
        for (const other of otherInstances) await assertSameDatabase(other, shown, database.place);
        const { balancesAreCachedForMs } = (await loadTarget(settings.target)).policies;
        if (staleMs > balancesAreCachedForMs) {
          setup.info().annotations.push({
            type: 'balances are cached',
            description:
              `a balance that was seeded by SQL was not seen for ${staleMs === Infinity ? `longer than ${maxCacheMs}` : Math.ceil(staleMs)} ms, but policies.balancesAreCachedForMs ` +
              `of the target profile is ${balancesAreCachedForMs}`,
          });
        }
      } finally {
        await seeding.putBack({ accounts, products: [] });
      }
      if (!shopApi.offers('getProduct')) return;
      const product = await seeding.newProduct({ name: 'Preflight', price: 1000, stock: budget.stock });
      try {
        const written = { ...product, stock: budget.stock };
        await blamingHealth(odd, () => assertSeededProduct(shopApi, written, database.place));
      } finally {
        await seeding.putBack({ accounts: [], products: [product] });
      }
    });
  },
);
