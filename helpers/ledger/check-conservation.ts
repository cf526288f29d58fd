import { answeredFacts, type AnsweredFacts } from './answered-facts.ts';
import type { LedgerBreach } from './ledger-breach.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import { moneyTaken, piecesTaken } from './taken.ts';
import type { Id } from '../profile/ids.ts';
import { plainAmount } from '../profile/amount-in-words.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

type Said = (value: number) => string;

/** Returns `-3`, or `+3` where less than nothing is taken. */
const less = (value: number, said: Said = String): string => (value < 0 ? `+${said(-value)}` : `-${said(value)}`);

const signed = (value: number, said: Said = String): string => (value >= 0 ? `+${said(value)}` : said(value));

/**
 * Checks only that money and stock are conserved and nobody is below zero, for a moment at which requests are still
 * under way. Top-ups would show as a deviation, so none may be among them.
 */
export function checkConservation(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
): LedgerBreach[] {
  return [
    ...checkNobodyBelowZero(profile, after),
    ...checkMoney(profile, before, after, answeredFacts([])),
    ...checkStock(profile, before, after),
  ];
}

/** Checks only that nobody is below zero, which must hold even in the middle of a payment that is made in steps. */
export function checkNobodyBelowZero({ money }: TargetProfile, { accounts, products }: LedgerSnapshot): LedgerBreach[] {
  return [
    ...accounts
      .filter(({ balance }) => balance < 0)
      .map(({ userId, balance }): LedgerBreach => ({
        check: 'below-zero',
        sentence: `user ${userId} is below zero: balance ${plainAmount(balance, money)}`,
        userId,
        seen: balance,
      })),
    ...products
      .filter(({ stock }) => stock < 0)
      .map(({ productId, stock }): LedgerBreach => ({
        check: 'oversold',
        sentence: `product ${productId} is oversold: stock ${stock}`,
        productId,
        seen: stock,
      })),
  ];
}

/** Returns the money of each user, in all of their rows. */
const balancesOf = ({ accounts }: LedgerSnapshot): Map<Id, number> => {
  const sums = new Map<Id, number>();
  for (const { userId, balance } of accounts) sums.set(userId, (sums.get(userId) ?? 0) + balance);
  return sums;
};

/** Checks that each balance is the one before, with what was charged and without what was paid. */
export function checkMoney(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  { deposits, lostCharges }: AnsweredFacts,
): LedgerBreach[] {
  const { policies, money } = profile;
  const said: Said = (amount) => plainAmount(amount, money);
  const openings = balancesOf(before);
  const [takenBefore, takenAfter] = [moneyTaken(profile, before), moneyTaken(profile, after)];
  return [...balancesOf(after)].flatMap(([userId, balance]) => {
    const opening = openings.get(userId) ?? 0;
    const paid = (takenAfter.get(userId) ?? 0) - (takenBefore.get(userId) ?? 0);
    const deposited = deposits.get(userId) ?? 0;
    const expected = opening + deposited - paid;
    // A charge whose answer was lost may have arrived all the same.
    return balance === expected || (lostCharges > 0 && balance > expected)
      ? []
      : [
          {
            check: 'money',
            sentence:
              `money of user ${userId} is not conserved: ${said(opening)} before, ${signed(deposited, said)} charged, ${less(paid, said)} in ${policies.balanceIsTakenAt === 'order' ? 'orders' : 'payments'} ` +
              `makes ${said(expected)}, but the balance is ${said(balance)} (${signed(balance - expected, said)})`,
            ...{ userId, expected, seen: balance },
          },
        ];
  });
}

/** Checks that each stock is the one before without what orders have taken. */
export function checkStock(profile: TargetProfile, before: LedgerSnapshot, after: LedgerSnapshot): LedgerBreach[] {
  const openings = new Map(before.products.map(({ productId, stock }) => [productId, stock]));
  const [takenBefore, takenAfter] = [piecesTaken(profile, before), piecesTaken(profile, after)];
  return after.products.flatMap(({ productId, stock }) => {
    const opening = openings.get(productId) ?? 0;
    const taken = (takenAfter.get(productId) ?? 0) - (takenBefore.get(productId) ?? 0);
    return stock === opening - taken
      ? []
      : [
          {
            check: 'stock',
            sentence:
              `stock of product ${productId} is not conserved: ${opening} before, ${less(taken)} in orders makes ` +
              `${opening - taken}, but the stock is ${stock} (${signed(stock - opening + taken)})`,
            ...{ productId, expected: opening - taken, seen: stock },
          },
        ];
  });
}
