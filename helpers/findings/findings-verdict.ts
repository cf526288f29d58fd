import { counted } from '../text/counted.ts';
import type { Finding, Findings } from './finding.ts';
import { severities, type Severity } from './kinds.ts';

/** Returns whether a finding makes a run fail. */
export const isFailing = ({ severity, accepted }: Pick<Finding, 'severity' | 'accepted'>, failOn: Severity): boolean =>
  accepted === undefined && severities.indexOf(severity) <= severities.indexOf(failOn);

interface RunOfScenarios extends Pick<Findings, 'findings' | 'passed' | 'notJudged'> {
  readonly isInterrupted: boolean;
  /** Why the scenarios could not begin. */
  readonly blockedBy: string | undefined;
  /** The least severe finding that fails a run. */
  readonly failOn: Severity;
  /** Which shards left nothing, where the results of shards are merged. */
  readonly missingShards: readonly string[];
}

/** Returns the verdict of a run, and its reason in one sentence. */
export function findingsVerdict({
  findings,
  passed,
  notJudged,
  isInterrupted,
  blockedBy,
  failOn,
  missingShards,
}: RunOfScenarios): Pick<Findings, 'verdict' | 'because'> {
  if (blockedBy !== undefined) return { verdict: 'BLOCKED', because: blockedBy };
  const failing = findings.filter((finding) => isFailing(finding, failOn));
  const accepted = findings.filter(({ accepted: why }) => why !== undefined).length;
  const lacking = missingShards.length > 0 ? `; shard ${missingShards.join(', ')} left no results` : '';
  const also = accepted > 0 ? `, ${counted(accepted, 'accepted finding')} beside` : '';
  const [worst] = failing;
  if (isInterrupted) {
    return {
      verdict: 'INTERRUPTED',
      because: `the run was stopped; until then ${counted(failing.length, 'finding')}${also}.`,
    };
  }
  if (worst) {
    return {
      verdict: 'FAIL',
      because: `${counted(failing.length, 'finding')}, the worst ${worst.severity}${also}${lacking}.`,
    };
  }
  if (lacking !== '') {
    return { verdict: 'INCONCLUSIVE', because: `nothing failed${also}${lacking}: run it again.` };
  }
  if (passed.length === 0) {
    return { verdict: 'INCONCLUSIVE', because: `no scenario passed, ${notJudged.length} were not judged.` };
  }
  const below = findings.length - accepted;
  const lenient = below > 0 ? `, ${counted(below, 'finding')} below FAIL_ON=${failOn}` : '';
  return { verdict: 'PASS', because: `every promise that was tried was kept${also}${lenient}.` };
}
