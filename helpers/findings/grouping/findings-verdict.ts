import { counted } from '../../text/words/counted.ts';
import type { Finding, Findings } from './finding.ts';
import type { Severity } from '../kinds/kinds.ts';
import { isBelow } from '../accepted/tolerance.ts';

/** Returns whether a finding makes a run fail. */
export const isFailing = ({ severity, accepted }: Pick<Finding, 'severity' | 'accepted'>, failOn: Severity): boolean =>
  accepted === undefined && !isBelow(severity, failOn);

interface RunOfScenarios extends Pick<Findings, 'findings' | 'passed' | 'notJudged'> {
  readonly isInterrupted: boolean;
  /** Why the scenarios could not begin, or could not go on. */
  readonly blockedBy: string | undefined;
  /** How many scenarios failed in a way that can not be accepted: they were cut off before they could say what they saw. */
  readonly cutOff: number;
  /** The least severe finding that fails a run. */
  readonly failOn: Severity;
  /** Which shards left nothing, where the results of shards are merged. */
  readonly missingShards: readonly string[];
}

/** Returns the verdict of a run, and its reason in one sentence. */
export function findingsVerdict(run: RunOfScenarios): Pick<Findings, 'verdict' | 'because'> {
  const { findings, passed, notJudged, isInterrupted, blockedBy, cutOff, failOn, missingShards } = run;
  const failing = findings.filter((finding) => isFailing(finding, failOn));
  // What was found before the scenarios could not go on counts more.
  if (blockedBy !== undefined && failing.length === 0) return { verdict: 'BLOCKED', because: blockedBy };
  const accepted = findings.filter(({ accepted: why }) => why !== undefined).length;
  const below = findings.length - failing.length - accepted;
  const tolerated = [
    ...(accepted > 0 ? [counted(accepted, 'accepted finding')] : []),
    ...(below > 0 ? [`${counted(below, 'finding')} below FAIL_ON=${failOn}`] : []),
  ].join(' and ');
  const also = tolerated === '' ? '' : `, and ${tolerated} beside`;
  const lacking = missingShards.length > 0 ? `; shard ${missingShards.join(', ')} left no results` : '';
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
  if (cutOff > 0) {
    const what = `${counted(cutOff, 'scenario')} cut off by a time-out or an error before the end`;
    return { verdict: 'FAIL', because: `${what}, whatever is accepted${also}${lacking}.` };
  }
  if (lacking !== '') {
    return { verdict: 'INCONCLUSIVE', because: `nothing failed${also}${lacking}: run it again.` };
  }
  if (tolerated !== '') {
    const left = notJudged.length > 0 ? `; ${counted(notJudged.length, 'scenario')} could not be judged` : '';
    return { verdict: 'PASS', because: `nothing was found but ${tolerated}${left}.` };
  }
  if (passed.length === 0) {
    return { verdict: 'INCONCLUSIVE', because: `no scenario passed, ${notJudged.length} were not judged.` };
  }
  return { verdict: 'PASS', because: 'every promise that was tried was kept.' };
}
