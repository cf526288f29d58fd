import { shownLine } from '../../text/shown-text.ts';
import { ranWithoutDatabase } from '../audit/load-ledger.ts';
import type { Cause } from '../measure/load-part.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { count } from './explanation.ts';

const maxBodyLength = 160;

/** Returns what an answer says, for a sentence. */
export const saidBy = ({ sample }: Cause): string => shownLine(sample.trim(), maxBodyLength) || 'nothing';

type Seen = Pick<MergedRun, 'depletion' | 'ledger' | 'largestAmount'>;

/**
 * Returns what is ruled out as the cause of a refusal that names none: balance and stock, where they suffice. A load run
 * tops nothing up, so that what suffices afterwards has sufficed all the time.
 */
export function ruledOut({ depletion, ledger }: Seen, { then, amount }: Cause): string[] {
  const source = ranWithoutDatabase(ledger) ? 'as the API shows it' : 'in the tables';
  if (depletion) {
    const { accountsShort, productsSoldOut } = depletion.after;
    if (accountsShort === 0 && productsSoldOut === 0) {
      return [`balance and stock suffice for all concerned ${source}, so it is neither of them`];
    }
    const short = [
      ...(accountsShort > 0 ? [`${count(accountsShort)} of ${count(ledger.accounts)} accounts are too low`] : []),
      ...(productsSoldOut > 0 ? [`${count(productsSoldOut)} of ${count(ledger.products)} products are sold out`] : []),
    ];
    return [`${short.join(' and ')} ${source} now, which it does not say`, ...sufficedForFirst({ then, amount })];
  }
  return sufficedForFirst({ then, amount });
}

/** Says what the first one that was refused held then. */
function sufficedForFirst({ then, amount }: Pick<Cause, 'then' | 'amount'>): string[] {
  if (then?.balance === undefined || then.stock === undefined) return [];
  if (then.balance >= amount && then.stock >= 1) {
    return ['balance and stock sufficed for the first one that was refused, so it was neither of them'];
  }
  return [
    `${then.balance < amount ? 'the balance' : 'the stock'} was too low, but the answer does not say that this was why`,
  ];
}
