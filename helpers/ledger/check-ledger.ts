import type { AnsweredFacts } from './answered-facts.ts';
import { checkAnswers, checkCancellations, checkForeignPayments } from './check-answers.ts';
import { checkCharges } from './check-charges.ts';
import { checkMoney, checkNobodyBelowZero, checkStock } from './check-conservation.ts';
import { checkBalanceRows, checkPayments, checkSubtotals } from './check-rows.ts';
import type { LedgerBreach } from './ledger-breach.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { TargetProfile } from '../profile/target-profile.ts';

/**
 * Checks that money and stock of some accounts and products were conserved between two snapshots, and that the rows
 * agree with one another and with what the API answered.
 *
 * @returns every breach, with the rows concerned; nothing when the ledger is consistent.
 */
export function checkLedger(
  profile: TargetProfile,
  before: LedgerSnapshot,
  after: LedgerSnapshot,
  answered: AnsweredFacts,
): LedgerBreach[] {
  // Violations of older orders that were there before are not this run's doing.
  const checkRows = (ledger: LedgerSnapshot): LedgerBreach[] => [
    ...checkBalanceRows(profile, ledger),
    ...checkPayments(profile, ledger),
    ...checkCharges(profile, ledger),
    ...checkSubtotals(profile, ledger),
  ];
  const known = new Set(checkRows(before).map(({ sentence }) => sentence));
  return [
    ...checkNobodyBelowZero(profile, after),
    ...checkMoney(profile, before, after, answered),
    ...checkStock(profile, before, after),
    ...checkRows(after).filter(({ sentence }) => !known.has(sentence)),
    ...checkForeignPayments(profile, before, after),
    ...checkAnswers(profile, before, after, answered),
    ...checkCancellations(profile, after, answered),
  ];
}
