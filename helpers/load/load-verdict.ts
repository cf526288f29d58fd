import type { Diagnosis, LoadSummary, ThresholdResult } from './load-summary.ts';
import type { MergedRun } from './merged-run.ts';

/** Why a run ended that somebody stopped by hand. */
export const stoppedByHand = 'stopped by hand';

/**
 * What a run came to. PASS: every threshold was measured and passed, and the ledger is clean. FAIL: something promised
 * did not hold, or a lasting cause stopped the run. INCONCLUSIVE: nothing failed, but too little was measured. BLOCKED:
 * nothing was run, since it could not have told anything.
 */
export function loadVerdict(
  run: MergedRun,
  thresholds: readonly ThresholdResult[],
  diagnosis: readonly Diagnosis[],
): Pick<LoadSummary, 'verdict' | 'reason'> {
  const { parts, counters, ledger } = run;
  const blocked = parts.find((part) => part.blocked !== undefined)?.blocked;
  if (blocked !== undefined) return { verdict: 'BLOCKED', reason: blocked };
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
  const nothingFailed = counters.iterations_failed === 0;
  if (unmeasured.length > 0) {
    const list = unmeasured.map(({ metric, expression }) => `${metric} ${expression}`).join(', ');
    return { verdict: nothingFailed ? 'INCONCLUSIVE' : 'FAIL', reason: `Not measured: ${list}.${because}` };
  }
  if (counters.iterations === 0) {
    return { verdict: 'INCONCLUSIVE', reason: `No iteration was completed.${because}` };
  }
  if (!ledger.audited) {
    const why = ledger.notAudited === undefined ? '' : `: ${ledger.notAudited}`;
    return { verdict: 'INCONCLUSIVE', reason: `The tables could not be audited${why}.` };
  }
  if (parts.length < (parts[0]?.parts ?? 0)) {
    return { verdict: 'INCONCLUSIVE', reason: `Only ${parts.length} of ${parts[0]?.parts ?? 0} parts are here.` };
  }
  if (byHand) return { verdict: 'INCONCLUSIVE', reason: 'Stopped by hand; all thresholds were kept until then.' };
  const share = counters.iterations_failed / counters.iterations;
  return {
    verdict: 'PASS',
    reason:
      `All ${thresholds.length} thresholds were kept and the ledger is clean` +
      (nothingFailed ? '.' : `, though ${(share * 100).toFixed(1)} % of the iterations failed.${because}`),
  };
}

const rounded = (value: number | undefined): string => (value === undefined ? '' : String(Number(value.toFixed(2))));
