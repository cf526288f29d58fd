import { groupedBy } from '../../text/words/grouped-by.ts';
import type { Deviation } from '../deviations/deviation.ts';
import type { Group } from './seen-deviation.ts';

/** What one mechanism does for all calls that take keys. */
const ofKeys: readonly Deviation['kind'][] = [
  ...(['replay-refused', 'replay-differs', 'key-not-bound-to-request', 'key-burnt'] as const),
];

/** All calls that take keys: what is wrong with two of them may be two slips, with all of them it is no accident. */
const keyedCalls = 3;

const mechanismOf = <Test>({ seen, circumstances }: Group<Test>): string => {
  const [first] = seen;
  const { kind, status, code } = first?.deviation ?? {};
  return JSON.stringify([kind, status, code, [...circumstances].toSorted()[0]]);
};

/** Puts together what is wrong with keys in the same way whatever is called, the call first that most tests show. */
export function withSameMechanism<Test>(groups: readonly Group<Test>[]): Group<Test>[] {
  const isOfKeys = ({ seen }: Group<Test>): boolean => seen.every(({ deviation }) => ofKeys.includes(deviation.kind));
  const joined = [...groupedBy(groups.filter(isOfKeys), mechanismOf).values()].flatMap((same) => {
    const calls = new Set(same.flatMap(({ seen }) => seen.map(({ deviation }) => deviation.call)));
    if (calls.size < keyedCalls) return same;
    const [most, ...others] = same.toSorted((one, other) => other.seen.length - one.seen.length);
    return most ? [{ ...most, seen: [...most.seen, ...others.flatMap(({ seen }) => seen)] }] : [];
  });
  return [...groups.filter((group) => !isOfKeys(group)), ...joined];
}
