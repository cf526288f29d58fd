import { moneyTaken } from '../../ledger/taken.ts';
import type { LedgerSnapshot } from '../../ledger/ledger-snapshot.ts';
import { isMissing } from '../../profile/endpoint-forms.ts';
import type { Id } from '../../profile/ids.ts';
import type { TargetProfile } from '../../profile/target-profile.ts';

/** Stands for the balances of a target whose users hold none: what a test gave them, less what their payments took. */
export class NotedBalances {
  readonly #profile: TargetProfile;
  readonly #given = new Map<string, number>();

  constructor(profile: TargetProfile) {
    this.#profile = profile;
  }

  /** Gives a user as much of what nobody holds, in won, whatever was given before. */
  set(userId: Id, amount: number): void {
    this.#given.set(String(userId), amount);
  }

  /** Gives a user more of what nobody holds, in won. */
  add(userId: Id, amount: number): void {
    this.#given.set(String(userId), (this.#given.get(String(userId)) ?? 0) + amount);
  }

  /** Returns a ledger with these balances; unchanged where the target has some. */
  in(ledger: LedgerSnapshot): LedgerSnapshot {
    if (!isMissing(this.#profile.tables.balances)) return ledger;
    const taken = moneyTaken(this.#profile, ledger);
    const accounts = ledger.accounts.map(({ userId }) => ({
      userId,
      balance: (this.#given.get(String(userId)) ?? 0) - (taken.get(userId) ?? 0),
    }));
    return { ...ledger, accounts };
  }
}
