import type { Deviation } from '../../findings/deviations/deviation.ts';
import { familyOf } from '../../findings/kinds/family-of.ts';
import { findingId, withOwnIds } from '../../findings/grouping/finding-id.ts';
import { groupDeviations, type DeviationGroup } from '../../findings/grouping/group-deviations.ts';
import type { SeenDeviation } from '../../findings/grouping/seen-deviation.ts';
import { callIn } from '../../findings/kinds/call-in.ts';
import { kinds, severities } from '../../findings/kinds/kinds.ts';
import { groupedInWords, type Decimals } from '../../profile/amount-in-words.ts';
import { counted } from '../../text/words/counted.ts';
import { withoutSecrets } from '../../text/secrets.ts';
import { startUpper } from '../../text/words/start-upper.ts';
import { sum } from '../../text/sum.ts';
import { requestsOfStage } from '../diagnosis/requests-of-stage.ts';
import { shapeOf } from '../measure/broken-promises.ts';
import { isFailure } from '../measure/cause-of.ts';
import type { Cause } from '../measure/load-part.ts';
import type { LoadFinding } from '../measure/load-summary.ts';
import type { MergedRun } from '../measure/merged-run.ts';

/** What was seen of whom or of what. */
interface Seen extends SeenDeviation<string> {
  readonly count: number;
  readonly sample?: string;
}

const maxDetails = 5;

/** Returns a server error or a missing answer; a refusal is none, which the diagnosis explains. */
const deviationOfFailure = (run: MergedRun, cause: Cause): Deviation => {
  const { stage, reason, status, code, count, firstMs } = cause;
  const call = stage === 'order' ? 'createOrder' : 'pay';
  const isError = reason === 'server-error';
  const answered = [status, code].filter((part) => part !== undefined).join(' ');
  const seconds = Math.max(0, (firstMs - run.startedMs) / 1000).toFixed(1);
  const all = counted(requestsOfStage(run, stage), 'request');
  return {
    kind: isError ? 'server-error' : 'no-answer',
    call,
    circumstance: 'under-load',
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    sentence:
      `${startUpper(callIn(call, 'under-load'))}: ${count.toLocaleString('en-US')} of ${all} ` +
      `${isError ? `were answered ${answered}` : `got no answer (${reason})`}, the first after ${seconds} s.`,
    numbers: {},
    details: [],
  };
};

const things: Readonly<Partial<Record<string, string>>> = {
  money: 'account',
  'below-zero': 'account',
  stock: 'product',
  oversold: 'product',
};

const ofPieces: readonly (string | undefined)[] = ['stock', 'oversold'];
const ofAll: readonly (string | undefined)[] = ['answered-payment-missing', 'payment-not-answered'];

/** Returns for how many the same was seen, and what it comes to for all of them. */
const howMany = ({ check }: Deviation, seen: readonly Deviation[], count: number, money: Decimals): string => {
  if (count === 1 || ofAll.includes(check)) return '';
  if (check === undefined) return ` So ${counted(count, 'time')}.`;
  const total = sum(seen.map(({ numbers: { expected = 0, seen: is = 0 } }) => Math.abs(is - expected)));
  const comesTo = ofPieces.includes(check) ? counted(total, 'piece') : groupedInWords(total, money);
  const inAll = total === 0 ? '' : `, ${comesTo} in all`;
  return ` So for ${counted(count, things[check] ?? 'order')}${inAll}.`;
};

const findingOf = (
  { deviation, seen, symptoms }: DeviationGroup<string>,
  known: ReadonlyMap<Deviation, Seen>,
  money: Decimals,
): LoadFinding => {
  const { kind, call, circumstance, status, code } = deviation;
  const of = (one: Deviation): number => known.get(one)?.count ?? 1;
  const count = sum(seen.map((one) => of(one.deviation)));
  const all = seen.map((one) => one.deviation);
  const own = shapeOf(deviation.sentence);
  const others = new Map(all.map(({ sentence }) => [shapeOf(sentence), sentence]));
  others.delete(own);
  const follow = new Set(symptoms.map((one) => kinds[one.deviation.kind].words));
  const isFailed = kind === 'server-error' || kind === 'no-answer';
  const { sample } = known.get(deviation) ?? {};
  return {
    id: findingId(deviation),
    severity: kinds[kind].severity,
    kind,
    family: familyOf(deviation),
    ...(call !== undefined && { call }),
    circumstance,
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code }),
    sentence: withoutSecrets(deviation.sentence) + (isFailed ? '' : howMany(deviation, all, count, money)),
    why: kinds[kind].why,
    count,
    details: [
      ...[...others.values()].map((sentence) => withoutSecrets(sentence)),
      ...[...follow].map((words) => `seen with it and not alone: ${words}`),
    ].slice(0, maxDetails),
    ...(sample !== undefined && { sample: withoutSecrets(sample) }),
  };
};

const rankOf = ({ severity }: LoadFinding): number => severities.indexOf(severity);

/**
 * Returns the broken promises of a run as findings, in the words and by the grouping of the scenarios: what tables and
 * answers show, and the requests that failed. The most severe first, of the same severity the most frequent.
 */
export function findingsOfLoad(run: MergedRun): LoadFinding[] {
  const seen: Seen[] = [
    ...run.deviations.map(({ subject, deviation }) => ({ test: subject, deviation, count: 1 })),
    ...run.broken.map(({ deviation, count, sample }, nth) => ({ test: `answer ${nth}`, deviation, count, sample })),
    ...run.causes
      .filter(({ reason }) => isFailure(reason))
      .map((cause, nth) => ({
        test: `failure ${nth}`,
        deviation: deviationOfFailure(run, cause),
        count: cause.count,
        sample: `${cause.request}\n${cause.sample}`,
      })),
  ];
  const known = new Map(seen.map((one) => [one.deviation, one]));
  const findings = groupDeviations(seen).map((group) => findingOf(group, known, run));
  return withOwnIds(findings.toSorted((one, other) => rankOf(one) - rankOf(other) || other.count - one.count));
}
