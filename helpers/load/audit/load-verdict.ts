import { ranWithoutDatabase } from './load-ledger.ts';
import type { Counters } from '../measure/load-part.ts';
import type { Diagnosis, LastingChange, LoadSummary, ThresholdResult } from '../measure/load-summary.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { percent } from '../report/figures.ts';

/** Reason of a run that was stopped by hand. */
export const stoppedByHand = 'stopped by hand';

/**
 * Returns the verdict of a run with its reason. PASS: every threshold was measured and passed, the ledger is clean, and
 * no iteration failed, or no more than a threshold on failures allows. FAIL: something promised did not hold,
 * iterations failed, or a lasting cause stopped the run. INCONCLUSIVE: nothing failed, but too little was measured.
 * BLOCKED: nothing was run, or not to its end, since it could not have told anything.
 */
export function loadVerdict(
  run: MergedRun,
  thresholds: readonly ThresholdResult[],
  diagnosis: readonly Diagnosis[],
  changes: readonly LastingChange[] = [],
): Pick<LoadSummary, 'verdict' | 'reason' | 'partsLacking'> {
  const { parts, counters, ledger } = run;
  const blocked = parts.find((part) => part.blocked !== undefined)?.blocked;
  const isBroken = ledger.problems.length > 0 || run.broken.length > 0;
  if (blocked !== undefined && !isBroken) return { verdict: 'BLOCKED', reason: blocked };
  const missed = thresholds.filter(({ result }) => result === 'fail');
  const unmeasured = thresholds.filter(({ result }) => result === 'not measured');
  const stopped = parts.find((part) => part.stoppedEarly !== undefined)?.stoppedEarly;
  const byHand = stopped === stoppedByHand || parts.some(({ interrupted }) => interrupted);
  const leading = diagnosis[0]?.sentence;
  const because = leading === undefined ? '' : ` ${leading}`;
  if (ledger.problems.length > 0 || counters.idempotency_verification_failure > 0 || run.broken.length > 0) {
    return { verdict: 'FAIL', reason: leading ?? 'The target broke its promises.' };
  }
  if (missed.length > 0) {
    const list = missed
      .map(({ metric, expression, value }) => `${metric} ${expression} (${rounded(value)})`)
      .join(', ');
    return { verdict: 'FAIL', reason: `Not kept: ${list}.${because}` };
  }
  if (stopped !== undefined && !byHand) {
    return { verdict: 'FAIL', reason: `Stopped early: ${stopped}.${because}` };
  }
  const allowedBy = thresholds.find((threshold) => allowsFailures(threshold, counters));
  const failed = failedShare(counters);
  if (failed !== undefined && (allowedBy === undefined || counters.iterations_succeeded === 0)) {
    return { verdict: 'FAIL', reason: `${failed}.${because}` };
  }
  if (unmeasured.length > 0) {
    const list = unmeasured.map(({ metric, expression }) => `${metric} ${expression}`).join(', ');
    return { verdict: failed === undefined ? 'INCONCLUSIVE' : 'FAIL', reason: `Not measured: ${list}.${because}` };
  }
  const unseen = unseenCrash(run);
  if (unseen !== undefined && !byHand) return { verdict: 'INCONCLUSIVE', reason: unseen };
  if (counters.iterations === 0) {
    return { verdict: 'INCONCLUSIVE', reason: `No iteration was completed.${because}` };
  }
  if (ranWithoutDatabase(ledger)) {
    return { verdict: 'INCONCLUSIVE', reason: notProvenWithoutDatabase(thresholds.length) };
  }
  if (!ledger.audited) {
    const why = ledger.notAudited === undefined ? '' : `: ${ledger.notAudited}`;
    return { verdict: 'INCONCLUSIVE', reason: `The tables could not be audited${why}.` };
  }
  if (byHand) return { verdict: 'INCONCLUSIVE', reason: 'Stopped by hand; all thresholds were kept until then.' };
  const whole = parts[0]?.parts ?? 0;
  if (parts.length < whole) {
    const reason = `Only ${parts.length} of ${whole} parts are here.`;
    return { verdict: 'INCONCLUSIVE', reason, partsLacking: whole - parts.length };
  }
  const kept = `All ${thresholds.length} thresholds were kept and the ledger is clean`;
  const warned = changes.map(({ sentence }) => ` Warning: ${sentence}`).join('');
  return {
    verdict: 'PASS',
    reason:
      (failed === undefined || allowedBy === undefined
        ? `${kept}.`
        : `${kept}. ${failed}, which ${allowedBy.metric} ${allowedBy.expression} allows.${because}`) + warned,
  };
}

/** Returns what of the failures that were asked for did not come about, or has no end that was seen. */
const unseenCrash = ({ parts, crashes = [] }: MergedRun): string | undefined => {
  const notReached = parts.find((part) => part.crashes?.notReached !== undefined)?.crashes?.notReached;
  if (notReached !== undefined) return `The run was over before LOAD_FAULTS was: not done was ${notReached}.`;
  const open = crashes.find(({ recoverySeconds }) => recoverySeconds === undefined);
  return (
    open &&
    `The run was over before a request succeeded again after the ${open.killed} was killed at second ${open.atSecond.toFixed(1)}.`
  );
};

const notProvenWithoutDatabase = (thresholds: number): string =>
  `All ${thresholds} thresholds were kept, but the run was without a database: that money and stock add up in the tables, ` +
  'and that every order has one payment there, is not proven. Set DB_HOST to the database behind BASE_URL for a PASS.';

/** Describes how many iterations failed; `undefined` if none did. */
const failedShare = ({ iterations, iterations_failed: failed }: Counters): string | undefined => {
  if (failed === 0) return undefined;
  if (failed === iterations) return `All ${count(iterations)} iterations failed`;
  return `${count(failed)} of ${count(iterations)} iterations failed (${percent(failed / iterations)})`;
};

const count = (value: number): string => value.toLocaleString('en-US');

/** Tells if a threshold allows failures that stayed within it. */
const allowsFailures = ({ metric, result }: ThresholdResult, counters: Counters): boolean => {
  if (result !== 'pass') return false;
  if (metric === 'order_creation_success') {
    return counters.iterations_failed <= counters.orders_tried - counters.orders_created;
  }
  return metric === 'errors' || metric === 'success' || metric === 'http_req_failed';
};

const rounded = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toFixed(2))));
