import { parseArgs } from 'node:util';
import { assertAllExist } from '../load/prepare/assert-all-exist.ts';
import { capacityOf, iterationTime, type IterationTime } from '../load/plan/capacity.ts';
import { fastestAnswerMs } from '../load/prepare/fastest-answer.ts';
import { LoadDatabase } from '../load/audit/load-database.ts';
import { loadPlan, type LoadPlan } from '../load/plan/load-plan.ts';
import { loadProfileNames } from '../load/plan/read-load-profile.ts';
import { idsOfPart, orderedProducts, seededPrices } from '../load/prepare/load-stock.ts';
import type { LoadBudget } from '../load/measure/load-summary.ts';
import { lackingThroughApi } from '../load/prepare/cure-through-api.ts';
import { assertLoadApiSuffices, prepareThroughApi } from '../load/prepare/prepare-through-api.ts';
import { lackingSql } from '../load/prepare/shortfall.ts';
import { describeForcedFailures } from '../settings/load/forced-failures.ts';
import { loadSettings, type Settings } from '../settings/settings.ts';
import { plannedWorkers } from '../settings/planned-workers.ts';
import { authenticatedApi } from '../api/login/authenticated-api.ts';
import { loadTarget } from '../profile/load-target.ts';
import { poolTransport } from '../api/transports/pool-transport.ts';
import { UserError } from '../text/user-error.ts';
import { ignoreUnreadOutput } from '../text/ignore-unread-output.ts';

const help = `Usage: npm run plan [-- PROFILE]

Prints the balance and stock that a load run needs, without running it. The time of an iteration is LOAD_ITERATION_MS if
that is set, else measured at BASE_URL, else assumed. With SEED=off and BASE_URL it also checks whether the existing
balance and stock suffice, in the database or else through the API; if not, it prints a remedy, and the exit code is 1.

Load profiles: ${loadProfileNames().join(', ')}
`;

const measured = async (settings: Settings, plan: LoadPlan): Promise<number | undefined> => {
  if (settings.baseUrl === undefined || plan.iterationMs !== undefined) return undefined;
  const transport = poolTransport(settings.baseUrl, settings.requestTimeoutMs, 1, settings.apiCa?.pem);
  const api = authenticatedApi({ settings, profile: await loadTarget(settings.target), transport });
  try {
    return await fastestAnswerMs(api, plan.productIds.first);
  } finally {
    await transport.close();
  }
};

const budgetOf = async (settings: Settings, plan: LoadPlan): Promise<LoadBudget> => {
  const time = iterationTime(plan, await measured(settings, plan));
  if (plan.seed || (!settings.database && settings.baseUrl === undefined)) {
    return capacityOf(await loadTarget(settings.target), plan, time, seededPrices(plan));
  }
  if (!settings.database) return budgetThroughApi(settings, plan, time);
  const onePart = { ...plan, parts: 1 };
  const rows = {
    userIds: idsOfPart(onePart, 0, plan.userIds),
    productIds: idsOfPart(onePart, 0, plan.productIds),
    productsAreOwn: false,
  };
  const target = await loadTarget(settings.target);
  await assertAllExist(plan, target, settings.database);
  const database = await LoadDatabase.connect(settings.database, target, rows);
  try {
    const products = orderedProducts(target, plan, await database.prices());
    const { balanceLowest, stockLowest } = await database.holdings();
    const holdings = { balanceLowest: balanceLowest ?? 0, stockLowest: stockLowest ?? 0 };
    const prices = Array.from({ length: plan.parts }, (_, part) => {
      const own = idsOfPart(plan, part, plan.productIds).map(String);
      return products.filter(({ productId }) => own.includes(String(productId))).map(({ price }) => price);
    });
    return capacityOf(
      target,
      plan,
      time,
      prices.filter(({ length }) => length > 0),
      holdings,
    );
  } finally {
    await database.close();
  }
};

/** Returns the budget of the whole range from the API, whether it suffices or not. */
const budgetThroughApi = async (settings: Settings, plan: LoadPlan, time: IterationTime): Promise<LoadBudget> => {
  const options = {
    settings,
    profile: await loadTarget(settings.target),
    plan: { ...plan, parts: 1, evenIfShort: true },
    part: 0,
  };
  assertLoadApiSuffices(options);
  const { view, budget } = await prepareThroughApi(options, time);
  await view.close();
  return budget;
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
  const forced = plan.crashes.length === 0 ? [] : [`forced failures: ${describeForcedFailures(plan.crashes)}`];
  console.log([`${plan.profile}: ${plan.description}`, ...budget.lines, ...forced].join('\n  '));
  if (budget.suffices) return;
  const target = await loadTarget(settings.target);
  console.log(
    settings.database
      ? `Set SEED=on, or run:\n${lackingSql(target, plan, budget)}`
      : `Without a database: ${lackingThroughApi(target, plan, budget)}.`,
  );
  process.exitCode = 1;
};

ignoreUnreadOutput();

try {
  await main();
} catch (error) {
  console.error(error instanceof UserError ? error.message : error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
