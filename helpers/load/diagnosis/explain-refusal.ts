import { ranWithoutDatabase } from '../audit/load-ledger.ts';
import type { Cause } from '../measure/load-part.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { databaseToo } from './explain-silence.ts';
import { rowsOfFirst, shortSample, type Explanation } from './explanation.ts';
import { ruledOut, saidBy } from './ruled-out.ts';

/** Explains a refusal for anything but balance and stock. */
export function explainRefusal(run: MergedRun, first: Cause): Explanation {
  const rows = rowsOfFirst(run, first);
  const { then, reason, stage } = first;
  // What the API shows is no evidence of what is in the tables.
  const isInTables = (what: 'balance' | 'stock') =>
    then === undefined || ranWithoutDatabase(run.ledger) ? undefined : then[what] !== undefined;
  switch (reason) {
    case 'in-progress':
      return {
        cause: 'in-progress',
        said: 'were refused because a payment with the same key was being processed',
        inShort: 'allowed, as long as a later replay gives the original',
        evidence: rows,
        remedy:
          'That is allowed as long as a later replay gives the original. Where there are many, payments take longer than the pause between them (LOAD_GAP_MS), or a key stays locked after its payment is over.',
      };
    case 'order-state':
      return {
        cause: 'order-state',
        said: 'were refused because of the state of the order',
        inShort: 'the API does not recognize a repeated key',
        evidence: rows,
        remedy:
          'Every order of the run is new, and paid with one key only: a repeated payment that is refused for the state of the order means that the API does not recognize the key. Run the scenarios of payment-replay.spec.ts.',
      };
    case 'key-reuse':
      return {
        cause: 'key-reuse',
        said: 'were refused because the idempotency key is said to belong to another request',
        inShort: 'the API takes different keys for equal, or equal requests for different',
        evidence: rows,
        remedy:
          'Every key of the run is used for one order: the API takes keys for equal that are not (does it compare them byte for byte, and apart for each user?), or it compares requests that are the same as different.',
      };
    case 'foreign-order':
      return {
        cause: 'wrong-user',
        said: 'were refused because the order is said to belong to another user',
        inShort: 'check under which name the target profile sends the user',
        evidence: rows,
        remedy:
          'Every order is paid by the user who made it: does the target profile send the user under the right name?',
      };
    case 'unknown-user':
      return unknownTo(reason, isInTables('balance'), rows);
    case 'unknown-product':
      return unknownTo(reason, isInTables('stock'), rows);
    case 'unknown-order':
      if (run.crashes?.some(({ atSecond }) => run.startedMs + atSecond * 1000 <= first.firstMs)) {
        return {
          cause: 'lost-in-crash',
          said: 'were refused because the API does not know the order',
          inShort: 'it had answered the order before it was killed',
          evidence: rows,
          remedy:
            'What is answered must outlive a crash: answer only after the commit, and let the database write its log at every commit (innodb_flush_log_at_trx_commit=1).',
        };
      }
      return {
        cause: 'not-the-same-system',
        said: 'were refused because the API does not know the order',
        inShort: 'it has answered the order just before',
        evidence: rows,
        remedy:
          'Every order of the run was answered by the API itself before it is paid: it reads a replica or a cache that lags behind, or BASE_URL leads to several systems in turn.',
      };
    case 'unauthenticated':
      return {
        cause: 'authentication',
        said: 'were refused for lack of authentication',
        inShort: 'give the target profile its credentials',
        evidence: [],
        remedy: 'The target wants credentials: the target profile must say how to come by them.',
      };
    case 'rate-limit':
      return {
        cause: 'rate-limit',
        said: 'were refused because there were too many (429)',
        inShort: 'lift the rate limit, or lower LOAD_VUS',
        evidence: [],
        remedy: 'Lift the rate limit for the machine that runs the load, or lower LOAD_VUS.',
      };
    case 'server-error':
      return {
        cause: 'server-error',
        said: `failed inside the API (${first.status ?? '5xx'})`,
        inShort: 'look into its log',
        evidence: [...rows, ...databaseToo(run)],
        remedy: `Look into the API's log at ${new Date(first.firstMs).toISOString()}.`,
      };
    case 'unknown':
      return {
        cause: 'unknown',
        said: `were refused with ${first.status ?? 'an answer'} and named no cause that is known`,
        inShort: [`it says ${saidBy(first)}`, ...ruledOut(run, first)].join('; '),
        evidence: [...rows, `request: ${shortSample(first.request)}`],
        remedy:
          'If the body does name the cause, add its code to `refusals` of the target profile; if it does not, that is what the API should mend first.',
      };
    default:
      return {
        cause: 'bad-request',
        said: `were refused as wrong (${[first.status, reason].filter(Boolean).join(' ')})`,
        inShort: 'check the form of the request in the target profile',
        evidence: [`request: ${shortSample(first.request)}`],
        remedy: `This is of the suite's own making: the target profile describes the ${stage} request in another form than the API takes.`,
      };
  }
}

/**
 * Explains a refusal for a user, product or order that the API does not know.
 *
 * @param isInTables undefined where the tables could not be looked at.
 */
const unknownTo = (
  reason: 'unknown-user' | 'unknown-product',
  isInTables: boolean | undefined,
  rows: readonly string[],
): Explanation => ({
  cause: isInTables ? 'not-the-same-system' : reason,
  said: `were refused because the API does not know the ${reason.slice('unknown-'.length)}`,
  inShort: isInTables ? 'point BASE_URL and DB_* at one system' : 'set USER_IDS and PRODUCT_IDS, or SEED=on',
  evidence: [
    ...rows,
    ...(isInTables === undefined ? [] : [isInTables ? 'the database has it' : 'the database does not have it either']),
  ],
  remedy: isInTables
    ? 'API and database are not the same system, or the API reads a replica or a cache: point BASE_URL and DB_* at one system.'
    : 'Set USER_IDS and PRODUCT_IDS to users and products that are there, or SEED=on.',
});
