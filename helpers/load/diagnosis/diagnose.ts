import type { BrokenPromise } from '../measure/broken-promises.ts';
import type { Cause } from '../measure/load-part.ts';
import type { Diagnosis, ThresholdResult } from '../measure/load-summary.ts';
import type { MergedRun } from '../measure/merged-run.ts';
import { explainBalance, explainStock } from './explain-shortage.ts';
import { explainRefusal } from './explain-refusal.ts';
import { explainSilence } from './explain-silence.ts';
import { alike } from './alike.ts';
import { count, shortSample, type Explanation } from './explanation.ts';
import { requestsOfStage, countOf } from './requests-of-stage.ts';
import { slownessOf } from './slowness.ts';

const percent = (share: number): string => `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;

/**
 * Explains why a run did not succeed, the weightiest cause first: each with its evidence and its remedy.
 *
 * @param thresholds as they were measured: one that was missed says what is slow.
 */
export function diagnose(run: MergedRun, thresholds: readonly ThresholdResult[]): Diagnosis[] {
  // One cause can have several codes; it is one diagnosis all the same.
  const groups = new Map<string, Cause[]>();
  for (const cause of run.causes) {
    const key = `${cause.stage} ${cause.reason}`;
    groups.set(key, [...(groups.get(key) ?? []), cause]);
  }
  const weighed = [...groups.values()].sort((one, other) => countOf(other) - countOf(one));
  const slowness = slownessOf(run, thresholds);
  return [
    ...brokenPromises(run),
    ...ownExceptions(run),
    ...weighed.map((causes) => diagnosisOf(run, causes)),
    ...(slowness ? [slowness] : []),
  ];
}

function brokenPromises({ ledger, broken, counters }: MergedRun): Diagnosis[] {
  const problems = [...alike(ledger.problems), ...broken.map(describeBroken)];
  if (problems.length === 0) return [];
  const said = [
    howMany(ledger.problems.length, 'deviation', 'in the tables'),
    howMany(counters.orders_wrong, 'order', 'answered in another form or sum than promised'),
    howMany(counters.idempotency_verification_failure, 'payment', 'answered otherwise than promised'),
  ];
  return [
    {
      cause: 'broken-promise',
      sentence: `The target broke its promises: ${said.flat().join(', ')}.`,
      evidence: problems.slice(0, 10),
      remedy: 'Run the scenarios (npx playwright test --project=scenarios): they show each promise by itself.',
    },
  ];
}

const describeBroken = ({ promise, count: number, sample }: BrokenPromise): string =>
  `${number === 1 ? '' : `${count(number)} times, the first: `}${promise}\n${sample}`.trim();

/** Counts things in words; an empty list for 0. */
const howMany = (number: number, thing: string, what: string): string[] =>
  number === 0 ? [] : [`${count(number)} ${number === 1 ? thing : `${thing}s`} ${what}`];

function ownExceptions({ exceptions: { count: number, samples } }: MergedRun): Diagnosis[] {
  if (number === 0) return [];
  const [first = ''] = samples;
  return [
    {
      cause: 'exception',
      sentence: `${count(number)} ${number === 1 ? 'iteration' : 'iterations'} ended with an exception of the suite's own, and that ended the run: ${shortSample(first.split('\n')[0] ?? '')}.`,
      evidence: samples.slice(0, 3),
      remedy:
        'This says nothing of the target: it is a mistake in the suite or in the target profile. Mend it where the trace points.',
    },
  ];
}

function diagnosisOf(run: MergedRun, causes: readonly Cause[]): Diagnosis {
  const first = causes.reduce((one, other) => (other.firstMs < one.firstMs ? other : one));
  const { stage } = first;
  const number = countOf(causes);
  const share = number / Math.max(1, requestsOfStage(run, stage));
  const seconds = Math.max(0, (first.firstMs - run.startedMs) / 1000).toFixed(1);
  const what = `${count(number)} of ${count(requestsOfStage(run, stage))} ${stage} requests (${percent(share)})`;
  const { cause, said, inShort, remedy, evidence } = explained(run, first, number);
  return {
    cause,
    sentence: `${what} ${said}, the first after ${seconds} s: ${inShort}.`,
    evidence: [
      ...causes
        .slice(0, 3)
        .map(
          (one) =>
            `${[one.status, one.code].filter((part) => part !== undefined).join(' ') || 'no answer'}: ${shortSample(one.sample)}`,
        ),
      ...evidence,
    ],
    remedy,
  };
}

function explained(run: MergedRun, first: Cause, number: number): Explanation {
  switch (first.reason) {
    case 'balance':
      return explainBalance(run, first);
    case 'stock':
      return explainStock(run, first);
    case 'time-out':
    case 'no-answer':
    case 'answer-too-large':
      return explainSilence(run, first, number);
    default:
      return explainRefusal(run, first);
  }
}
