import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Id } from '../../profile/ids.ts';
import { offered } from '../../profile/endpoint-forms.ts';
import { processLockName, type ProcessLock } from '../../database/locks/process-lock.ts';
import { projectFolder } from '../../text/project-folder.ts';
import { UserError } from '../../text/user-error.ts';
import type { ShopDatabase } from '../../database/shop-database.ts';
import { identifyDatabase, type DatabaseIdentity } from './database-identity.ts';
import { LeaseJournal } from './lease-journal.ts';
import type { RowKind } from './leaseholder.ts';
import { Settlement } from './settlement.ts';

/** The result of a recovery. */
export interface Recovered {
  /** Numbers of users and products that dead processes held and that were put back. */
  users: number;
  products: number;
  /** Journals of other databases, in words; they are not touched. */
  readonly foreign: string[];
}

const maxDyingSeconds = 10;

/** The journals of all processes that hold, or held, rows of a database. */
export class Journals {
  readonly #folder: string;
  readonly #processLock: ProcessLock;
  readonly #settlement: Settlement;
  readonly #identity: DatabaseIdentity;

  private constructor(processLock: ProcessLock, settlement: Settlement, identity: DatabaseIdentity, folder: string) {
    this.#folder = folder;
    this.#processLock = processLock;
    this.#settlement = settlement;
    this.#identity = identity;
  }

  /** Opens the journals of a database. @param folder their folder, the same for all runs of a machine. */
  static async of({ pool, profile, structure, processLock }: ShopDatabase, folder = journalFolder): Promise<Journals> {
    const { balances, users } = profile.tables;
    const identity = await identifyDatabase(pool, (offered(balances) ?? users).table);
    return new Journals(processLock, new Settlement(pool, profile, structure), identity, folder);
  }

  /** Returns this process's own journal. */
  own(place: string): LeaseJournal {
    const { identity, dataFolder } = this.#identity;
    return new LeaseJournal(this.#folder, { database: identity, place, dataFolder, lease: this.#processLock.id });
  }

  /** Puts back the rows that dead processes held, and removes the journals of databases that no longer exist. */
  async recoverAll(): Promise<Recovered> {
    const recovered: Recovered = { users: 0, products: 0, foreign: [] };
    for (const journal of await LeaseJournal.readAll(this.#folder)) {
      const { database, place, lease, dataFolder } = journal.heading;
      if (lease === this.#processLock.id) continue;
      if (database !== this.#identity.identity) {
        const isGone = dataFolder.startsWith(path.join(projectFolder, '.cache')) && !existsSync(dataFolder);
        if (isGone) journal.remove();
        else recovered.foreign.push(`${lease} in ${place}`);
        continue;
      }
      await this.#recover(journal.heading.lease, recovered, 0);
    }
    return recovered;
  }

  /**
   * Puts back the rows of dead processes that this process has just locked: a live holder would still have the lock.
   */
  async recoverHolders(taken: Readonly<Record<RowKind, readonly Id[]>>): Promise<void> {
    for (const { heading, state } of await LeaseJournal.readAll(this.#folder)) {
      if (heading.lease === this.#processLock.id || heading.database !== this.#identity.identity) continue;
      const isMentioned =
        taken.user.some((id) => state.users.get(String(id))?.found) ||
        taken.product.some((id) => state.products.get(String(id))?.found);
      // The server may still be freeing the locks of a process that has just died.
      if (!isMentioned || (await this.#recover(heading.lease, undefined, maxDyingSeconds))) continue;
      throw new UserError(
        `Unlocked rows are still noted as leased in ${path.join(this.#folder, `${heading.lease}.jsonl`)}. ` +
          'An earlier run may still be ending: start again once it has.',
      );
    }
  }

  async #recover(lease: string, recovered: Recovered | undefined, seconds: number): Promise<boolean> {
    const lock = processLockName(lease);
    if (!(await this.#processLock.lock(lock, seconds))) return false;
    try {
      // Another process may have recovered it while this one waited for the lock.
      const journal = LeaseJournal.read(path.join(this.#folder, `${lease}.jsonl`));
      if (!journal) return true;
      const users = [...journal.state.users.values()];
      const products = [...journal.state.products.values()];
      await this.#settlement.settle(journal);
      journal.remove();
      if (recovered) {
        recovered.users += users.filter(({ found }) => found).length;
        recovered.products += products.filter(({ found }) => found).length;
      }
      return true;
    } finally {
      await this.#processLock.unlock([lock]);
    }
  }
}

/** Default folder of the journals. */
const journalFolder = path.join(projectFolder, '.order-pay', 'journal');
