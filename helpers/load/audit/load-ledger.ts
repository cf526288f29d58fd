import { sum } from '../../text/sum.ts';
import { won } from '../../seeding/budget.ts';
import type { Opening } from './holdings-view.ts';
import type { Books } from './load-rows.ts';
import type { Counters } from '../measure/load-part.ts';
import type { LoadLedger } from '../measure/load-summary.ts';

const signed = (value: number): string => (value >= 0 ? `+${value}` : String(value));

/**
 * Holds the tables after a load run against those before, and against what the API answered: money and stock are
 * conserved, nobody is below zero, and there are as many payments as were answered.
 *
 * @param oddOrders what is wrong with single orders.
 */
export function auditLoad(before: Books, after: Books, counters: Counters, oddOrders: readonly string[]): LoadLedger {
  const opening = new Map(before.accounts.map((account) => [account.userId, account]));
  const shelves = new Map(before.products.map((product) => [product.productId, product]));
  const money = after.accounts.flatMap(({ userId, balance, paid }) => {
    const was = opening.get(userId) ?? { balance: 0, paid: 0 };
    const expected = was.balance - (paid - was.paid);
    return [
      ...(balance < 0 ? [`user ${userId} is below zero: ${won(balance)}`] : []),
      ...(balance === expected
        ? []
        : [
            `money of user ${userId} is not conserved: ${was.balance} before, -${paid - was.paid} in payments makes ` +
              `${expected}, but the balance is ${balance} (${signed(balance - expected)})`,
          ]),
    ];
  });
  const stock = after.products.flatMap(({ productId, stock: left, taken }) => {
    const was = shelves.get(productId) ?? { stock: 0, taken: 0 };
    const expected = was.stock - (taken - was.taken);
    return [
      ...(left < 0 ? [`product ${productId} is oversold: stock ${left}`] : []),
      ...(left === expected
        ? []
        : [
            `stock of product ${productId} is not conserved: ${was.stock} before, -${taken - was.taken} sold makes ` +
              `${expected}, but ${left} are there (${signed(left - expected)})`,
          ]),
    ];
  });
  const paymentsInTables = paymentsOf(after) - paymentsOf(before);
  const { payments_made: answered, unknown_resolved: unknownResolved, unknown_left: unknownLeft } = counters;
  const surplus = paymentsInTables - answered;
  return {
    audited: true,
    accounts: after.accounts.length,
    products: after.products.length,
    paymentsInTables,
    paymentsAnswered: answered - unknownResolved,
    unknownResolved,
    unknownLeft,
    problems: [
      ...money,
      ...stock,
      ...oddOrders,
      // What stayed open may have been paid or not.
      ...(surplus < 0 || surplus > unknownLeft
        ? [
            `${paymentsInTables} payments are in the tables, but ${answered} were answered` +
              (unknownLeft > 0 ? ` and ${unknownLeft} stayed open` : ''),
          ]
        : []),
    ],
  };
}

const paymentsOf = ({ accounts }: Books): number => sum(accounts.map(({ payments }) => payments));

/** Reason why a run without a database has not audited the tables. */
export const withoutDatabase = 'without a database';

/** Tells if a run saw balances and stock only as the API shows them. */
export const ranWithoutDatabase = ({ notAudited }: Pick<LoadLedger, 'notAudited'>): boolean =>
  notAudited === withoutDatabase;

/** Returns the ledger of a run without tables: what the answers alone say. */
export function answersAlone(
  { accounts, products }: Opening,
  { payments_made: answered, unknown_resolved: unknownResolved, unknown_left: unknownLeft }: Counters,
): LoadLedger {
  return {
    ...noLedger,
    notAudited: withoutDatabase,
    accounts: accounts.length,
    products: products.length,
    paymentsAnswered: answered - unknownResolved,
    unknownResolved,
    unknownLeft,
  };
}

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
