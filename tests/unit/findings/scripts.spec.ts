import { mkdirSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { createPool, type RowDataPacket } from 'mysql2/promise';
import { expect, test as base } from '@playwright/test';
import { faultNamed, faults } from '../../../fixtures/shops/reference/faults/all-faults.ts';
import type { Finding } from '../../../helpers/findings/grouping/finding.ts';
import { scriptOf } from '../../../helpers/findings/scripts/script-of.ts';
import { enterShop, leaveShop, type HostedShop } from '../../../helpers/mutation/hosts/shop-host-client.ts';
import { ShopHosts } from '../../../helpers/mutation/hosts/shop-hosts.ts';
import type { Trial } from '../../../helpers/mutation/matrix-plan.ts';
import { loadTarget } from '../../../helpers/profile/load-target.ts';
import { isCi } from '../../../helpers/settings/settings.ts';
import { findingsOfFaults, runScript } from '../support/runs/scripted-faults.ts';

/** Of every family, requests of every kind: alone, again, at once, behind a held row; and breaches of every form. */
const shown = {
  idempotency: [
    ...['key-checked-then-inserted', 'debit-before-key', 'replay-409', 'key-empty-accepted'],
    ...['keys-in-process-memory', 'order-committed-after-answer', 'stranger-joins-payment'],
    ...['charge-replay-credits-again', 'replay-takes-stock-again', 'replay-refused-once-shipped'],
    ...['free-order-key-forgotten', 'order-key-answers-stranger'],
    ...['fingerprint-of-text', 'stranger-joins-order', 'order-key-empty-shared', 'replay-says-duplicate'],
    ...['first-charge-says-replayed', 'expiry-compared-in-other-zone', 'order-key-recorded-after-commit'],
    ...['charge-key-recorded-after-commit'],
  ],
  money: [
    ...['balance-checked-outside-lock', 'balance-written-back', 'balance-refusal-empties-wallet', 'payment-row-twice'],
    ...[
      'two-keys-pay-twice-at-once',
      'cancelled-order-payable',
      'cancelled-order-of-location-payable',
      'cancel-overwrites-payment',
    ],
    ...['payment-before-first-use-500', 'first-charges-overwritten', 'discount-of-client', 'line-wraps-at-32-bits'],
    ...['balance-cached-beyond-charge', 'remaining-balance-unlocked', 'charge-user-of-body', 'decline-overlooked'],
    ...['deadlock-retry-debits-again', 'first-charge-lost', 'charge-in-64-bit-floats', 'total-wraps-at-64-bits'],
    ...['failed-payment-cancels-order'],
  ],
  stock: [
    ...['oversell', 'stock-written-back', 'cancel-paid-order', 'quantity-fraction-cut'],
    ...['lines-beyond-ten-dropped', 'order-shown-created-nine-hours-later'],
    ...['refused-order-leaves-lines', 'second-key-renews-paid-time'],
    ...['order-views-lag', 'order-shows-price-of-today', 'product-name-of-first-line'],
  ],
  contract: [
    ...['conflict-with-one-code', 'errors-as-200', 'order-items-missing', 'order-created-200'],
    ...['remaining-balance-as-string', 'balance-message-unfilled', 'locked-row-500', 'errors-as-html'],
    ...['balance-message-swapped', 'product-name-escaped', 'path-id-read-up-to-first-letter'],
    ...['stock-refusal-names-first-product', 'order-state-told-as-in-progress'],
    ...['errors-without-timestamp', 'charge-time-unset', 'order-state-told-as-balance'],
    ...['killed-connection-is-short-balance'],
  ],
} as const;

const names: readonly string[] = Object.values(shown).flat();

/** Correct shops that are asked for the same as the faulty ones, where the plain one has nothing of the kind. */
const correctVariants: Readonly<Partial<Record<string, string>>> = {
  'decline-overlooked': 'gateway-in-steps',
  'cancelled-order-of-location-payable': 'orders-in-location',
};

/** Playwright workers: a machine with two processors has the shops to run as well. */
const workers = 2;

/** So many scripts at once: they wait for the most part. */
const scriptsAtOnce = 4;

const hasClient = (): boolean =>
  ['mysql', 'mariadb'].some((client) => spawnSync(client, ['--version'], { stdio: 'ignore' }).status === 0);

const test = base.extend<{ hosts: ShopHosts; enter: (kind: Trial['shop']['kind'], name: string) => Promise<Entered> }>({
  hosts: async ({}, use) => {
    const hosts = await ShopHosts.start(1, { log: () => undefined, signal: new AbortController().signal });
    await use(hosts);
    await hosts.stop();
  },
  enter: async ({ hosts }, use) => {
    await use(async (kind, name) => {
      const trial: Trial = {
        ...{ name: `${kind} ${name}`, shop: { kind, name }, host: hosts.urlOf(0) },
        ...{ target: 'reference', scenarios: {}, isBrief: true },
      };
      const shop = await enterShop(trial);
      if (!shop) throw new Error(`The shop ${name} cannot be entered.`);
      return { shop, leave: () => leaveShop(trial, false) };
    });
  },
});

interface Entered {
  readonly shop: HostedShop;
  readonly leave: () => Promise<void>;
}

/** Returns the correct shop that a script is tried on: the given one, or another that is entered for it. */
const correctFor = async (
  name: string,
  correct: Entered,
  enter: (kind: 'variant', name: string) => Promise<Entered>,
): Promise<Entered> => {
  const variant = correctVariants[name];
  return variant === undefined ? { shop: correct.shop, leave: () => Promise.resolve() } : enter('variant', variant);
};

/** Returns the number of rows of every table. */
const rowsOf = async ({ database: { name, ...server } }: HostedShop): Promise<Record<string, unknown>> => {
  const pool = createPool({ ...server, database: name, connectionLimit: 1 });
  const [tables] = await pool.query<RowDataPacket[]>({ sql: 'SHOW TABLES', rowsAsArray: true });
  const rows: Record<string, unknown> = {};
  for (const [table] of tables.map((row): unknown[] => Object.values(row))) {
    const [counts] = await pool.query<RowDataPacket[]>('SELECT COUNT(*) AS count FROM ??', [table]);
    rows[String(table)] = counts[0]?.count;
  }
  await pool.end();
  return rows;
};

/** Returns the script of a fault's finding, or one that could not be tried. */
const scriptFor = async (name: string, finding: Finding | undefined): Promise<string> => {
  if (!finding) return "echo 'Nothing was found.'; exit 2";
  const made = scriptOf(finding, await loadTarget(faultNamed(name).profile ?? 'reference'));
  return 'text' in made ? made.text : `echo 'There is no script: ${made.because}'; exit 2`;
};

test.describe('scripts of findings', () => {
  test('are of faults of all families', () => {
    for (const [family, some] of Object.entries(shown)) {
      for (const name of some) expect(faults.find((fault) => fault.name === name)?.family, name).toBe(family);
    }
    expect(names.length).toBeGreaterThanOrEqual(30);
  });

  test('show the defect on the faulty shop and nothing on the correct one, and leave no rows', async ({
    hosts,
    enter,
  }, testInfo) => {
    test.skip(!hasClient() && !isCi(), 'neither mysql nor mariadb is installed');
    testInfo.setTimeout(600_000);
    const folder = testInfo.outputPath('scripts');
    mkdirSync(folder, { recursive: true });
    const findings = await findingsOfFaults(names, hosts, workers);
    const correct = await enter('correct', 'correct');
    const untouched = await rowsOf(correct.shop);
    const left: string[] = [...names];
    const tryNext = async (): Promise<void> => {
      for (let name = left.shift(); name !== undefined; name = left.shift()) {
        const script = await scriptFor(name, findings.get(name));
        const faulty = await enter('fault', name);
        const before = await rowsOf(faulty.shop);
        const onFaulty = await runScript(script, folder, name, faulty.shop);
        expect.soft(onFaulty.exitCode, `${name} on the faulty shop:\n${onFaulty.output}`).toBe(1);
        expect.soft(await rowsOf(faulty.shop), `rows that are left of ${name}`).toEqual(before);
        await faulty.leave();
        const right = await correctFor(name, correct, enter);
        const onCorrect = await runScript(script, folder, name, right.shop);
        await right.leave();
        expect.soft(onCorrect.exitCode, `${name} on the correct shop:\n${onCorrect.output}`).toBe(0);
      }
    };
    await Promise.all(Array.from({ length: scriptsAtOnce }, tryNext));
    expect(await rowsOf(correct.shop)).toEqual(untouched);
    await correct.leave();
  });
});
