import type { CallName } from '../../api/answers/exchange.ts';
import type { LedgerBreach } from '../../ledger/ledger-breach.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';
import { startUpper } from '../../text/words/start-upper.ts';
import { callIn } from '../kinds/call-in.ts';
import type { Deviation } from './deviation.ts';
import { factOfBreach } from './fact-of-breach.ts';
import { kindOfBreach, type Told } from '../kinds/kind-of-breach.ts';

const ofMoney = ({ expected = 0, seen = 0 }: LedgerBreach, call: CallName): Told => ({
  kind: seen < expected ? 'debited-without-payment' : 'paid-without-debit',
  call,
});

/**
 * Returns the breach that the tables show after a load run, of whose requests none is kept: which of them did it, and
 * what was beside it, cannot be told.
 *
 * @param breaches all that were found, this one among them
 * @param seen the last call of an iteration, which moves the money if any does, and whether a crash has interrupted it
 */
export function deviationUnderLoad(
  profile: TargetProfile,
  breach: LedgerBreach,
  breaches: readonly LedgerBreach[],
  { last, circumstance }: { readonly last: CallName; readonly circumstance: 'under-load' | 'after-crash' },
): Deviation {
  const { kind, call = 'pay' } =
    breach.check === 'money' ? ofMoney(breach, last) : kindOfBreach(breach, breaches, [], profile);
  const { check, expected, seen } = breach;
  return {
    kind,
    call,
    circumstance,
    sentence: `${startUpper(`${callIn(call, circumstance)}: ${factOfBreach(breach, profile.money)}`)}.`,
    numbers: { ...(expected !== undefined && { expected }), ...(seen !== undefined && { seen }) },
    details: [],
    check,
  };
}
