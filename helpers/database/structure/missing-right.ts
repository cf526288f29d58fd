import type { Pool } from 'mysql2/promise';
import { accountOf } from '../rows/account-of.ts';

/** The database user may not do what a scenario needs; the message names the GRANT for it. */
export class MissingRight extends Error {
  private constructor(what: string, grant: string) {
    super(`the database user may not ${what}. Let an administrator say: ${grant};`);
    this.name = 'MissingRight';
  }

  /**
   * Returns the error about a right on everything, or on what is said.
   *
   * @param what the user may not do, in words
   * @param privilege its name in a GRANT
   */
  static async of(pool: Pool, what: string, privilege: string, on = '*.*'): Promise<MissingRight> {
    return new MissingRight(what, `GRANT ${privilege} ON ${on} TO ${await accountOf(pool)}`);
  }
}
