import { groupedInWords } from '../../profile/amount-in-words.ts';
import { ranWithoutDatabase } from '../audit/load-ledger.ts';
import type { Cause } from '../measure/load-part.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { count, rowsOfFirst, type Explanation } from './explanation.ts';

const balancesOf = ({ depletion, ledger, largestAmount, decimals }: MergedRun): string[] =>
  depletion
    ? [
        `${count(depletion.after.accountsShort)} of ${count(ledger.accounts)} accounts hold less than ${groupedInWords(largestAmount, { decimals })} now ` +
          `(lowest ${groupedInWords(depletion.after.balanceLowest, { decimals })}); before the run ${count(depletion.before.accountsShort)} did ` +
          `(lowest ${groupedInWords(depletion.before.balanceLowest, { decimals })})`,
      ]
    : [];

const stockOf = ({ depletion, ledger }: MergedRun): string[] =>
  depletion
    ? [
        `${count(depletion.after.productsSoldOut)} of ${count(ledger.products)} products are sold out now ` +
          `(lowest stock ${count(depletion.after.stockLowest)}); before the run ${count(depletion.before.productsSoldOut)} were ` +
          `(lowest stock ${count(depletion.before.stockLowest)})`,
      ]
    : [];

const needOf = ({ budget }: MergedRun): string[] => (budget ? budget.lines.slice(1, 4) : []);

const isLess = (value: number | undefined, needed: number): boolean => value !== undefined && value < needed;

/** Tells if balance and stock are short: used up now, or too little from the start, so that they would refuse next. */
const shortOf = ({ depletion, budget }: MergedRun) => ({
  balance: (depletion?.after.accountsShort ?? 0) > 0 || isLess(budget?.lowestBalance, budget?.neededPerAccount ?? 0),
  stock: (depletion?.after.productsSoldOut ?? 0) > 0 || isLess(budget?.lowestStock, budget?.neededPerProduct ?? 0),
});

/** Returns the share of accounts or products that cannot go on; 1 where nobody has looked. */
const shareShort = ({ depletion, ledger }: MergedRun, name: 'balance' | 'stock'): number => {
  if (!depletion) return 1;
  const { accountsShort, productsSoldOut } = depletion.after;
  return name === 'balance'
    ? accountsShort / Math.max(1, ledger.accounts)
    : productsSoldOut / Math.max(1, ledger.products);
};

/** Says how many of how many cannot go on: one poor account of a hundred is no sold-out shop. */
const howManyShort = ({ depletion, ledger }: MergedRun, name: 'balance' | 'stock'): string => {
  if (!depletion) return '';
  const { accountsShort, productsSoldOut } = depletion.after;
  return name === 'balance'
    ? ` (${count(accountsShort)} of ${count(ledger.accounts)} are too low)`
    : ` (${count(productsSoldOut)} of ${count(ledger.products)} are sold out)`;
};

const need = (run: MergedRun, ...names: ('balance' | 'stock')[]): string =>
  names
    .toSorted((one, other) => shareShort(run, other) - shareShort(run, one))
    .map(
      (name) =>
        (name === 'balance'
          ? `every account needs ${groupedInWords(run.budget?.neededPerAccount ?? 0, run)}`
          : `every product needs ${count(run.budget?.neededPerProduct ?? 0)} in stock`) + howManyShort(run, name),
    )
    .join(' and ') + (run.budget?.seeded ? '; raise SAFETY_MARGIN' : inShortOf(run.ledger));

const inShortOf = (ledger: MergedRun['ledger']): string =>
  ranWithoutDatabase(ledger) ? '; see below how, or make the run smaller' : '; set SEED=on, or run the SQL below';

const cures = (run: MergedRun, ...names: ('balance' | 'stock')[]): string => {
  const { budget } = run;
  const needs = names.map((name) =>
    name === 'balance'
      ? `${groupedInWords(budget?.neededPerAccount ?? 0, run)} in every account`
      : `${count(budget?.neededPerProduct ?? 0)} in stock of every product`,
  );
  const statements = names.map((name) => run.parts[0]?.cure[name] ?? '').filter(Boolean);
  return (
    `The run needs ${needs.join(' and ')}. ` +
    (ranWithoutDatabase(run.ledger)
      ? `Without a database: ${statements.join(' and ')}; or make the run smaller with LOAD_ITERATIONS, LOAD_VUS or LOAD_DURATION.`
      : budget?.seeded
        ? 'It was seeded for fewer iterations than it came to: raise SAFETY_MARGIN, or set LOAD_ITERATION_MS lower.'
        : `Set SEED=on for accounts and products of its own, or run: ${statements.join(' ')}`)
  );
};

/** Explains a refusal for balance: what the tables say of it, and what the run needs. */
export function explainBalance(run: MergedRun, first: Cause): Explanation {
  const { then, amount } = first;
  const rows = rowsOfFirst(run, first);
  if (then?.balance !== undefined && then.balance >= amount) return contradiction(run, 'balance', rows);
  const short = shortOf(run);
  return {
    cause: 'balance',
    said: 'were refused because the balance is too low',
    inShort: need(run, 'balance', ...(short.stock ? (['stock'] as const) : [])),
    evidence: [...rows, ...balancesOf(run), ...(short.stock ? stockOf(run) : []), ...needOf(run)],
    remedy: cures(run, 'balance', ...(short.stock ? (['stock'] as const) : [])),
  };
}

/**
 * Explains a refusal for stock: what the tables say of it, what the run needs, and if the balance would have refused
 * next.
 */
export function explainStock(run: MergedRun, first: Cause): Explanation {
  const { then } = first;
  const rows = rowsOfFirst(run, first);
  // Stock that was given back since would show here, but a load run cancels nothing.
  if (then?.stock !== undefined && then.stock >= 1) return contradiction(run, 'stock', rows);
  const alsoBalance = shortOf(run).balance && !run.causes.some((cause) => cause.reason === 'balance');
  return {
    cause: 'stock',
    said: 'were refused because the stock is too low',
    inShort: need(run, 'stock', ...(alsoBalance ? (['balance'] as const) : [])),
    evidence: [
      ...rows,
      ...stockOf(run),
      ...(alsoBalance
        ? [
            `the balance is short too, but has refused nothing yet: ${balancesOf(run).join('')}. ` +
              'With stock alone refilled, their payments would be refused next',
          ]
        : []),
      ...needOf(run),
    ],
    remedy: cures(run, ...(alsoBalance ? (['balance', 'stock'] as const) : (['stock'] as const))),
  };
}

const contradiction = (run: MergedRun, what: 'balance' | 'stock', rows: readonly string[]): Explanation => ({
  cause: 'not-the-same-system',
  said: `were refused because the ${what} is said to be too low, but ${ranWithoutDatabase(run.ledger) ? 'the API shows' : 'the tables say'} that it sufficed`,
  ...(ranWithoutDatabase(run.ledger) ? contradictsItself(what) : contradictsTables(what)),
  evidence: rows,
});

const contradictsItself = (what: 'balance' | 'stock') => ({
  inShort: 'the API contradicts itself',
  remedy: `Either BASE_URL leads to several systems in turn, or the API shows a ${what} of a cache or a replica that lags behind: with DB_HOST set, the tables tell which.`,
});

const contradictsTables = (what: 'balance' | 'stock') => ({
  inShort: 'point BASE_URL and DB_* at one system',
  remedy: `Either BASE_URL and DB_* are two systems, or the API decides by a ${what} that it keeps elsewhere (a cache, a replica).`,
});
