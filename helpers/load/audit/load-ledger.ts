import { sum } from '../../text/sum.ts';
import { groupedInWords, plainAmount } from '../../profile/amount-in-words.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import type { Opening } from './holdings-view.ts';
import type { OddOrder } from './read-odd-orders.ts';
import type { Books } from './load-rows.ts';
import type { Counters, LoadPart } from '../measure/load-part.ts';
import type { LoadLedger } from '../measure/load-summary.ts';

const signed = (value: number): string => (value >= 0 ? `+${value}` : String(value));

/** What the audit of the tables came to. */
interface LoadAudit {
  readonly ledger: LoadLedger;
  /** The cause before its symptoms. */
  readonly breaches: readonly LedgerBreach[];
}

/**
 * Holds the tables after a load run against those before, and against what the API answered: money and stock are
 * conserved, nobody is below zero, and there are as many payments as were answered.
 *
 * @param oddOrders what is wrong with single orders.
 * @param lost orders and payments that were answered as made and are not there, as far as they are known one by one.
 */
export function auditLoad(
  profile: TargetProfile,
  before: Books,
  after: Books,
  counters: Counters,
  oddOrders: readonly OddOrder[],
  lost: readonly LedgerBreach[] = [],
): LoadAudit {
  const money = moneyBreaches(profile, before, after);
  const stock = stockBreaches(before, after);
  const paymentsInTables = paymentsOf(after) - paymentsOf(before);
  const { payments_made: answered, unknown_resolved: unknownResolved, unknown_left: unknownLeft } = counters;
  const surplus = paymentsInTables - answered;
  // What stayed open may have been paid or not.
  const isOff = surplus < 0 || surplus > unknownLeft;
  const unanswered: LedgerBreach = {
    check: surplus < 0 ? 'answered-payment-missing' : 'payment-not-answered',
    sentence:
      `${paymentsInTables} payments are in the tables, but ${answered} were answered` +
      (unknownLeft > 0 ? ` and ${unknownLeft} stayed open` : ''),
    ...{ expected: answered, seen: paymentsInTables },
  };
  // Orders that were paid several times tell it better.
  const repeated = sum(oddOrders.map(({ payments }) => Math.max(0, payments - 1)));
  const isRepeated = surplus > 0 && surplus <= unknownLeft + repeated;
  const isExplained = isRepeated || (surplus < 0 && -surplus <= lost.length);
  const single = [...oddOrders, ...lost];
  return {
    ledger: {
      audited: true,
      accounts: after.accounts.length,
      products: after.products.length,
      paymentsInTables,
      paymentsAnswered: answered - unknownResolved,
      unknownResolved,
      unknownLeft,
      problems: [...money, ...stock, ...single, ...(isOff ? [unanswered] : [])].map(({ sentence }) => sentence),
    },
    breaches: [...single, ...money, ...stock, ...(isOff && !isExplained ? [unanswered] : [])],
  };
}

const moneyBreaches = ({ money }: TargetProfile, before: Books, after: Books): LedgerBreach[] => {
  const said = (amount: number): string => plainAmount(amount, money);
  const opening = new Map(before.accounts.map((account) => [account.userId, account]));
  return after.accounts.flatMap(({ userId, balance, paid }): LedgerBreach[] => {
    const was = opening.get(userId) ?? { balance: 0, paid: 0 };
    const expected = was.balance - (paid - was.paid);
    return [
      ...(balance < 0
        ? [
            {
              check: 'below-zero' as const,
              sentence: `user ${userId} is below zero: ${groupedInWords(balance, money)}`,
              ...{ userId, seen: balance },
            },
          ]
        : []),
      ...(balance === expected
        ? []
        : [
            {
              check: 'money' as const,
              sentence:
                `money of user ${userId} is not conserved: ${said(was.balance)} before, -${said(paid - was.paid)} in payments makes ` +
                `${said(expected)}, but the balance is ${said(balance)} (${balance >= expected ? '+' : ''}${said(balance - expected)})`,
              ...{ userId, expected, seen: balance },
            },
          ]),
    ];
  });
};

const stockBreaches = (before: Books, after: Books): LedgerBreach[] => {
  const shelves = new Map(before.products.map((product) => [product.productId, product]));
  return after.products.flatMap(({ productId, stock: left, taken }): LedgerBreach[] => {
    const was = shelves.get(productId) ?? { stock: 0, taken: 0 };
    const expected = was.stock - (taken - was.taken);
    return [
      ...(left < 0
        ? [
            {
              check: 'oversold' as const,
              sentence: `product ${productId} is oversold: stock ${left}`,
              ...{ productId, seen: left },
            },
          ]
        : []),
      ...(left === expected
        ? []
        : [
            {
              check: 'stock' as const,
              sentence:
                `stock of product ${productId} is not conserved: ${was.stock} before, -${taken - was.taken} sold makes ` +
                `${expected}, but ${left} are there (${signed(left - expected)})`,
              ...{ productId, expected, seen: left },
            },
          ]),
    ];
  });
};

const paymentsOf = ({ accounts }: Books): number => sum(accounts.map(({ payments }) => payments));

/** Reason why a run without a database has not audited the tables. */
export const withoutDatabase = 'without a database';

/** Tells if a run saw balances and stock only as the API shows them. */
export const ranWithoutDatabase = ({ notAudited }: Pick<LoadLedger, 'notAudited'>): boolean =>
  notAudited === withoutDatabase;

/**
 * Returns what the answers alone say of a run without tables, and which balance or stock the API shows below zero.
 *
 * @param depletion absent where the API shows nothing any more
 */
export function answersAlone(
  profile: TargetProfile,
  { accounts, products }: Opening,
  { payments_made: answered, unknown_resolved: unknownResolved, unknown_left: unknownLeft }: Counters,
  depletion?: NonNullable<LoadPart['depletion']>,
): LoadAudit {
  const breaches = depletion === undefined ? [] : shownBelowZero(profile, depletion);
  return {
    ledger: {
      ...noLedger,
      notAudited: withoutDatabase,
      accounts: accounts.length,
      products: products.length,
      paymentsAnswered: answered - unknownResolved,
      unknownResolved,
      unknownLeft,
      problems: breaches.map(({ sentence }) => sentence),
    },
    breaches,
  };
}

/** What was below zero before the run is not its doing. */
const shownBelowZero = (
  { money }: TargetProfile,
  { before, after }: NonNullable<LoadPart['depletion']>,
): LedgerBreach[] => [
  ...(after.balanceLowest < 0 && before.balanceLowest >= 0
    ? [
        {
          check: 'below-zero' as const,
          sentence: `the API shows a balance of ${groupedInWords(after.balanceLowest, money)}`,
          seen: after.balanceLowest,
        },
      ]
    : []),
  ...(after.stockLowest < 0 && before.stockLowest >= 0
    ? [
        {
          check: 'oversold' as const,
          sentence: `the API shows a stock of ${after.stockLowest}`,
          seen: after.stockLowest,
        },
      ]
    : []),
];

/** The ledger of a run whose tables could not be looked at. */
export const noLedger: LoadLedger = {
  audited: false,
  accounts: 0,
  products: 0,
  paymentsInTables: 0,
  paymentsAnswered: 0,
  unknownResolved: 0,
  unknownLeft: 0,
  problems: [],
};
