import { parseArgs } from 'node:util';
import { assertAllThere } from '../load/all-there.ts';
import { capacityOf, iterationTime } from '../load/capacity.ts';
import { fastestAnswerMs } from '../load/fastest-answer.ts';
import { LoadDatabase } from '../load/load-database.ts';
import { loadPlan, type LoadPlan } from '../load/load-plan.ts';
import { loadProfileNames } from '../load/read-load-profile.ts';
import { idsOfPart, orderedProducts, seededPrices } from '../load/load-stock.ts';
import type { LoadBudget } from '../load/load-summary.ts';
import { lackingSql } from '../load/shortfall.ts';
import { loadSettings, plannedWorkers, type Settings } from '../settings.ts';
import { authenticatedApi } from '../authenticated-api.ts';
import { loadTarget } from '../target-profile/load-target.ts';
import { poolTransport } from '../transports/pool-transport.ts';
import { UserError } from '../user-error.ts';

const help = `Usage: npm run plan [-- PROFILE]

Prints what a load run needs of balance and stock, without running it. The time of an iteration is LOAD_ITERATION_MS if
it is set, else measured where BASE_URL is, else assumed. With SEED=off, BASE_URL and DB_HOST it also says whether
what is there suffices; when it does not, it prints the SQL that cures it, and the exit code is 1.

Load profiles: ${loadProfileNames().join(', ')}
`;

const measured = async (settings: Settings, plan: LoadPlan): Promise<number | undefined> => {
  if (settings.baseUrl === undefined || plan.iterationMs !== undefined) return undefined;
  const transport = poolTransport(settings.baseUrl, settings.requestTimeoutMs, 1);
  const api = authenticatedApi({ settings, profile: await loadTarget(settings.target), transport });
  try {
    return await fastestAnswerMs(api, plan.productIds.first);
  } finally {
    await transport.close();
  }
};

const budgetOf = async (settings: Settings, plan: LoadPlan): Promise<LoadBudget> => {
  const time = iterationTime(plan, await measured(settings, plan));
  if (plan.seed || !settings.database) return capacityOf(plan, time, seededPrices(plan));
  const onePart = { ...plan, parts: 1 };
  const rows = {
    userIds: idsOfPart(onePart, 0, plan.userIds),
    productIds: idsOfPart(onePart, 0, plan.productIds),
    productsAreOwn: false,
  };
  const target = await loadTarget(settings.target);
  await assertAllThere(plan, target, settings.database);
  const database = await LoadDatabase.connect(settings.database, target, rows);
  try {
    const products = orderedProducts(plan, await database.prices());
    const { balanceLowest, stockLowest } = await database.holdings();
    const holdings = { balanceLowest: balanceLowest ?? 0, stockLowest: stockLowest ?? 0 };
    const prices = Array.from({ length: plan.parts }, (_, part) => {
      const own = idsOfPart(plan, part, plan.productIds).map(String);
      return products.filter(({ productId }) => own.includes(String(productId))).map(({ price }) => price);
    });
    return capacityOf(
      plan,
      time,
      prices.filter(({ length }) => length > 0),
      holdings,
    );
  } finally {
    await database.close();
  }
};

const main = async (): Promise<void> => {
  const { values, positionals } = parseArgs({
    options: { help: { type: 'boolean', short: 'h' } },
    allowPositionals: true,
  });
  if (values.help) {
    console.log(help.trimEnd());
    return;
  }
  const settings = loadSettings();
  const profile = positionals[0] ?? settings.load.profile ?? 'payment-process';
  const plan = await loadPlan({ ...settings, load: { ...settings.load, profile } }, plannedWorkers(settings));
  const budget = await budgetOf(settings, plan);
  console.log([`${plan.profile}: ${plan.description}`, ...budget.lines].join('\n  '));
  if (budget.suffices) return;
  console.log(`Set SEED=on, or run:\n${lackingSql(await loadTarget(settings.target), plan, budget)}`);
  process.exitCode = 1;
};

try {
  await main();
} catch (error) {
  console.error(error instanceof UserError ? error.message : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
