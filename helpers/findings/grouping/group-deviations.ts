import type { Deviation } from '../deviations/deviation.ts';
import { kinds, severities } from '../kinds/kinds.ts';
import { groupedBy } from '../../text/words/grouped-by.ts';
import { ofAnyCall } from './of-any-call.ts';
import { isConsequence, isOfSameProcess } from './consequences.ts';
import { isSameDefect } from './same-defect.ts';
import { withSameMechanism } from './same-mechanism.ts';
import type { Group, SeenDeviation } from './seen-deviation.ts';

/** Deviations that have one root cause. */
export interface DeviationGroup<Test> {
  /** The one that tells it best. */
  readonly deviation: Deviation;
  /** Those of the group's own kind. */
  readonly seen: readonly SeenDeviation<Test>[];
  /** What follows from it, in tests that saw the root cause as well. */
  readonly symptoms: readonly SeenDeviation<Test>[];
}

const ranks = new Map(severities.map((severity, rank) => [severity, rank]));

/** Returns a number for how bad a kind is; the lowest one is the worst. */
const rankOf = ({ kind }: Deviation): number => ranks.get(kinds[kind].severity) ?? 0;

/** Of these kinds each status and code of an answer is a defect of its own; of the others they say nothing more. */
const byAnswer: readonly Deviation['kind'][] = ['wrong-cause', 'wrong-status', 'server-error', 'valid-request-refused'];

const breachOf = ({ kind, call, status, code }: Deviation): string =>
  JSON.stringify([
    kind,
    ...(ofAnyCall.includes(kind) ? [] : [call]),
    ...(byAnswer.includes(kind) ? [status, code] : []),
  ]);

const byBreach = <Test>(all: readonly SeenDeviation<Test>[]): Group<Test>[] => {
  const groups = new Map<string, Group<Test>>();
  for (const one of all) {
    const { circumstance } = one.deviation;
    const breach = breachOf(one.deviation);
    const id = JSON.stringify([breach, circumstance]);
    const group = groups.get(id) ?? { breach, circumstances: new Set([circumstance]), seen: [], symptoms: [] };
    group.seen.push(one);
    groups.set(id, group);
  }
  return [...groups.values()];
};

/** Puts together groups of the same breach, where the circumstances of one include those of the other. */
const withIncluded = <Test>(groups: readonly Group<Test>[]): Group<Test>[] => {
  const left = [...groups];
  const roots: Group<Test>[] = [];
  while (left.length > 0) {
    const root = left.find((one) => !left.some((other) => other !== one && isSameDefect(one, other))) ?? left[0];
    if (!root) break;
    left.splice(left.indexOf(root), 1);
    for (const other of left.filter((one) => isSameDefect(one, root))) {
      root.seen.push(...other.seen);
      for (const circumstance of other.circumstances) root.circumstances.add(circumstance);
      left.splice(left.indexOf(other), 1);
    }
    roots.push(root);
  }
  return roots;
};

const testsOf = <Test>({ seen }: Group<Test>): Set<Test> => new Set(seen.map(({ test }) => test));

const rankOfGroup = <Test>({ seen }: Group<Test>): number =>
  Math.min(...seen.map(({ deviation }) => rankOf(deviation)));

/**
 * Gives the symptoms to their cause: what was seen only in tests that saw something at least as bad as well, which was
 * seen in more of them or first, follows from it.
 */
const withSymptoms = <Test>(groups: readonly Group<Test>[], order: ReadonlyMap<Deviation, number>): Group<Test>[] => {
  const first = ({ seen }: Group<Test>): number =>
    Math.min(...seen.map(({ deviation }) => order.get(deviation) ?? Infinity));
  const byWeight = groups.toSorted(
    (one, other) =>
      rankOfGroup(one) - rankOfGroup(other) || testsOf(other).size - testsOf(one).size || first(one) - first(other),
  );
  const follows = (one: Group<Test>): boolean => groups.some((other) => other !== one && isConsequence(one, other));
  // A consequence may show in more tests than its cause.
  const sorted = [...byWeight.filter((one) => !follows(one)), ...byWeight.filter(follows)];
  const causes: Group<Test>[] = [];
  for (const group of sorted) {
    const tests = testsOf(group);
    const cause = causes.find((one) => {
      const ofCause = testsOf(one);
      return isConsequence(group, one) || isOfSameProcess(group, one) || [...tests].every((test) => ofCause.has(test));
    });
    if (cause) cause.symptoms.push(...group.seen, ...group.symptoms);
    else causes.push(group);
  }
  return causes;
};

const isMoneyGone = ({ deviation: { kind } }: SeenDeviation<unknown>): boolean =>
  kinds[kind].family === 'money' && kinds[kind].severity === 'critical';

/**
 * Tells a group by its money: where stock leaks in more tests than money is gone in, both are one defect, and people look
 * for their money first. Money that is gone in some tests and came from nowhere in others is two of them.
 */
const byMoney = <Test>(group: Group<Test>): Group<Test>[] => {
  if (!group.seen.every(({ deviation }) => deviation.kind === 'stock-leaked')) return [group];
  const ways = groupedBy(group.symptoms.filter(isMoneyGone), ({ deviation }) => breachOf(deviation));
  const told: Group<Test>[] = [];
  const isToldIn = ({ test }: SeenDeviation<Test>) => told.find((one) => testsOf(one).has(test));
  for (const [breach, seen] of ways) {
    const circumstances = new Set(seen.map(({ deviation }) => deviation.circumstance));
    if (!seen.every(isToldIn)) told.push({ breach, circumstances, seen: [...seen], symptoms: [] });
  }
  const [first] = told;
  if (!first) return [group];
  const ofMoney = new Set(told.flatMap(({ seen }) => seen));
  for (const one of [...group.seen, ...group.symptoms]) {
    if (!ofMoney.has(one)) (isToldIn(one) ?? first).symptoms.push(one);
  }
  return told;
};

/** Returns the deviation that tells a group best: the worst, in the simplest circumstance, with numbers if there are any. */
const bestOf = <Test>({ seen }: Group<Test>): Deviation | undefined => {
  const hasNumbers = ({ deviation }: SeenDeviation<Test>): number => Object.keys(deviation.numbers).length;
  // What a request was taken for a duplicate of is known only where that was in flight in the same test.
  const hasOther = ({ deviation: { kind, circumstance } }: SeenDeviation<Test>): number =>
    Number(kind === 'taken-for-duplicate' && circumstance.startsWith('in-flight-'));
  return seen.toSorted((one, other) => hasNumbers(other) - hasNumbers(one) || hasOther(other) - hasOther(one))[0]
    ?.deviation;
};

/**
 * Groups the deviations of a run by root cause, the worst first: those of one kind, call and circumstance, simple
 * circumstances with those that include them, and with each what was never seen without it.
 *
 * @param all the deviations of every test in the order in which the test saw them
 */
export function groupDeviations<Test>(all: readonly SeenDeviation<Test>[]): DeviationGroup<Test>[] {
  const order = new Map(all.map(({ deviation }, place) => [deviation, place]));
  const groups = withSymptoms(withSameMechanism(withIncluded(byBreach(all))), order).flatMap(byMoney);
  return groups.flatMap((group) => {
    const deviation = bestOf(group);
    return deviation ? [{ deviation, seen: group.seen, symptoms: group.symptoms }] : [];
  });
}
